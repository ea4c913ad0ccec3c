// Answers queries from the index that package search writes: the same analysis,
// the same ranking, the same integers. See doc.go for the manual.
//
//   import { search, suggest, describe, mark, open } from "./search.js"
//   open("/search/", "it")                                  // fetches ahead; optional
//   const found = await search("l'abbonamento", "it", { product: "goto-meeting", limit: 20 })
//   found[0]            { title, url, product, kind, score, section }
//   found.total, found.tooShort, found.shortened, found.corrected [{from, to}], found.missing, found.terms
//   found.answer        { checker, product, title, text, url } or undefined: what the rules say
//   await describe(found)                                   // adds heading and passage
//   mark(found[0].title, found)                             // [[start, end], ...]; with found, the index it is from

const base46 = 46, topLevel = 30

// The folder of all indexes is the script's own, unless open says otherwise.
let folder = new URL(".", import.meta.url).href
const indexes = new Map()

// open fetches what every query of a language needs. It may be called at any
// time, and is called by search where nobody did.
export function open(base, lang) {
  if (base) folder = new URL(base, import.meta.url).href
  const name = folder + lang
  if (!indexes.has(name)) {
    const index = load(name)
    indexes.set(name, index)
    index.catch(() => indexes.delete(name))
  }
  return indexes.get(name)
}

async function load(name) {
  const m = await json(name + ".json", { cache: "no-cache" })
  const files = new Map()
  const list = (text = "") => text.split(" ").filter(Boolean), set = text => new Set(list(text))
  const { elided, stop, ask, apart, spell, stem } = m.language
  return {
    ...m, elided: set(elided), stop: set(stop), ask: set(ask), apart: set(apart),
    steps: steps(stem), spell: speller(list(spell)),
    starts: m.shards ? m.shards.split(" ") : [], letters: new Set(m.letters),
    phrases: new Map(Object.entries(m.phrases)),
    longest: Math.max(0, ...Object.keys(m.phrases).map(k => k.split(" ").length)),
    lines(file) {
      if (!files.has(file)) {
        const lines = json(`${name}/${m.edition}/${file}.json`)
        files.set(file, lines)
        lines.catch(() => files.delete(file))
      }
      return files.get(file)
    },
  }
}

async function json(url, options) {
  const answer = await fetch(url, options)
  if (!answer.ok) throw new Error(`${answer.status} ${url}`)
  return answer.json()
}

// Analysis

const apostrophes = /[’ʼ‘`´′ʹ＇]/g
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const spaceless = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー"
const letters = `(?:(?![${spaceless}])[\\p{L}\\p{N}\\p{Mn}\\p{Mc}\\u00ad\\u200b-\\u200d\\u2060\\ufeff])+`
const pair = `[${spaceless}](?=([${spaceless}]?))`
const runPattern = new RegExp(`${pair}|${letters}(?:[-._‐‑]${letters})*`, "gu")
const special = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ħ: "h", ı: "i", ς: "σ", ﬁ: "fi", ﬂ: "fl" }
const specials = new RegExp(`[${Object.keys(special).join("")}]`, "g")

const fold = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").replace(invisible, "")
  .replace(/\p{Ll}(?=\p{Lu})/gu, "$&-").replace(/[._‐‑]/g, "-").toLowerCase().replace(specials, c => special[c])

// speller returns what spells a word as a language does, from pairs of letters and how they are read.
function speller(pairs) {
  const to = new Map(pairs.map((from, i) => [from, pairs[i + 1]]).filter((_, i) => i % 2 === 0))
  const from = new RegExp([...to.keys(), "$"].join("|").replaceAll("$", "\\$"), "g")
  return text => (text + "$").replace(from, letters => to.get(letters) ?? letters).replace("$", "")
}

// A remnant is one letter, as what an apostrophe leaves of a word.
const isRemnant = text => /^[a-z]$/.test(text)

// runs returns the words of a text: { text, start, end }, without elided articles.
function runs(index, text) {
  const all = []
  text = text.replace(apostrophes, "'")
  // Where the second letter of the last pair is.
  let paired = -1
  for (const m of text.matchAll(runPattern)) {
    const next = m[1] ?? "", end = m.index + m[0].length + next.length, run = index.spell(fold(m[0] + next))
    if (m[1] === "" && m.index === paired) continue
    if (next) paired = m.index + m[0].length
    if (run && !isRemnant(run) && !(text[end] === "'" && index.elided.has(run))) all.push({ text: run, start: m.index, end })
  }
  return all
}

const steps = text => text.split("\n").filter(Boolean).map(line => {
  const fields = line.split(" ")
  const rules = fields.map(f => /^(\D+)(\d)(\D*)$/.exec(f)).filter(Boolean)
  return { last: fields[0] === "!", repeat: fields[0] === "*", begins: fields[0] === "^", rules }
})

function stem(index, word) {
  if (/[^a-z]/.test(word)) return word
  for (const { last, repeat, begins, rules } of index.steps) {
    let rule
    do {
      rule = rules.find(([, affix, keep]) =>
        (begins ? word.startsWith(affix) : word.endsWith(affix)) && word.length - affix.length >= keep)
      if (rule && begins) word = rule[3] + word.slice(rule[1].length)
      else if (rule) word = word.slice(0, word.length - rule[1].length) + rule[3]
      else if (last) return word
    } while (repeat && rule)
  }
  return word
}

function word(index, run) {
  const one = text => ({
    text, term: stem(index, text), stop: index.stop.has(text) || isRemnant(text), ask: index.ask.has(text),
  })
  const parts = run.text.match(/\p{N}+|[^\p{N}-]+/gu)
  if (parts.length === 1) return { ...run, ...one(run.text) }
  return { ...run, ...one(parts.join("")), stop: false, ask: false, parts: parts.map(one) }
}

// words reads a text as (*analyzer).words does.
const words = (index, text) => join(index, kept(index, text))

function kept(index, text) {
  const all = runs(index, text).map(run => word(index, run))
  const kept = all.filter(w => !w.stop)
  all.forEach((w, i) => w.apart = all.slice(i + 1).map(v => v.text).filter(text => index.apart.has(text)))
  return kept.length ? kept : all
}

function join(index, words) {
  const all = []
  for (let i = 0; i < words.length; i++) {
    let w = words[i]
    for (let n = Math.min(index.longest, words.length - i); n > 0; n--) {
      const parts = words.slice(i, i + n)
      const stems = parts.flatMap(p => p.parts ? p.parts.filter(q => !q.stop) : p).map(p => p.term)
      const term = index.phrases.get(stems.join(" "))
      if (term) {
        w = { text: parts.map(p => p.text).join(" "), term, parts, start: w.start, end: parts[n - 1].end }
        i += n - 1
        break
      }
    }
    all.push(w)
  }
  return all
}

// query reads what a reader typed, each word once, up to the limits; see
// (*analyzer).query.
const mostLetters = 200, mostWords = 16

function query(index, text) {
  const letters = [...text.slice(0, 2 * mostLetters + 2)], cut = letters.length > mostLetters
  const read = cut ? letters.slice(0, mostLetters).join("") : text
  const all = words(index, read).filter((w, i, all) => all.findIndex(v => v.term === w.term) === i)
  let free = mostWords, dropped = false
  const first = words => {
    const kept = []
    for (const w of words) {
      if (!free) dropped = true
      if (dropped) break
      if (!w.parts) free--
      kept.push(w.parts ? { ...w, parts: first(w.parts) } : w)
    }
    return kept
  }
  const asked = first(all)
  return { read, asked, dropped, shortened: cut || dropped }
}

// The index's numbers and lists

const value = code => code - 33 - (code > 34) - (code > 92), at = (text, i) => value(text.charCodeAt(i))

function numbers(text) {
  const all = []
  let n = 0, unit = 1
  for (let i = 0; i < text.length; i++) {
    const v = at(text, i)
    n += v % base46 * unit
    unit *= base46
    if (v < base46) {
      all.push(n)
      n = 0
      unit = 1
    }
  }
  return all
}

const plain = text => text.replace(/[^a-z0-9]/gu, c => `_${c.codePointAt(0).toString(16)}_`)

async function list(index, term) {
  let low = 0, high = index.starts.length
  while (low < high) {
    const mid = low + high >> 1
    if (index.starts[mid] <= term) low = mid + 1
    else high = mid
  }
  const [from, to] = [low ? index.starts[low - 1] : "", index.starts[low] ?? ""]
  const line = (await index.lines(`t-${plain(from)}-${plain(to)}`)).find(l => l.startsWith(term + " "))
  if (!line) return null
  const [, weight, gaps, levels, sections, ...others] = line.split(" ")
  let next = 0
  return {
    term, others, weight: numbers(weight)[0], sections: numbers(sections),
    docs: numbers(gaps).map(gap => (next += gap + 1) - 1),
    levels: [...levels].map(c => at(c, 0)),
  }
}

async function vocabulary(index, first) {
  if (!index.letters.has(first)) return []
  return (await index.lines("w-" + plain(first))).map(line => {
    const space = line.indexOf(" "), term = line.slice(0, space), rest = line.slice(space + 2)
    let end = 0
    while (at(rest, end) >= base46) end++
    end++
    const letters = [...term]
    const kept = letters.slice(0, letters.length - numbers(rest.slice(0, end))[0])
    return { term, common: at(line, space + 1), form: kept.join("") + rest.slice(end) }
  })
}

// Tolerance

const mostCorrected = 40, mostCompletions = 3, leastCompleted = 2, leastCorrected = 4, leastTwice = 8, leastStem = 5, leastStemTwice = 9,
  leastHead = 3, leastTail = 2, leastBeginning = 5
const hasDigit = /\p{N}/u

async function complete(index, text) {
  const found = (await vocabulary(index, [...text][0])).filter(k => k.form.startsWith(text) || k.term.startsWith(text))
  found.sort((a, b) => b.common - a.common)
  return (await Promise.all(found.slice(0, mostCompletions).map(k => list(index, k.term)))).filter(Boolean)
}

async function correct(index, w) {
  const letters = [...w.text]
  if (letters.length < leastCorrected || letters.length > mostCorrected || hasDigit.test(w.text)) return null
  for (let n = Math.min(5, w.text.length - leastHead); n > 0; n--) {
    const rest = w.text.slice(n)
    if (index.elided.has(w.text.slice(0, n)) && "aeiouh".includes(rest[0])) {
      const h = await list(index, stem(index, rest))
      if (h) return { to: rest, lists: [h] }
    }
  }
  const known = await vocabulary(index, letters[0])
  let [near, edits] = nearest(w, known, true)
  if (edits > 1) {
    const two = await split(index, w.text, known)
    if (two) return two
    const [other, n] = nearest(w, await vocabulary(index, letters[1]), false)
    if (n < edits && n < 2) [near, edits] = [other, n]
  }
  if (edits > 2) near = known.findLast(k => [k.term, k.form].some(part => part.length >= leastBeginning && w.text.startsWith(part)))
  const h = near && await list(index, near.term)
  return h ? { to: near.form, lists: [h] } : null
}

async function split(index, text, known) {
  const letters = [...text]
  for (let n = letters.length - leastTail; n >= leastHead; n--) {
    const head = letters.slice(0, n).join(""), tail = letters.slice(n).join(""), term = stem(index, head)
    if (!known.some(k => k.term === term) || index.elided.has(head)) continue
    const [a, b] = await Promise.all([list(index, term), list(index, stem(index, tail))])
    if (a && b) return { to: head + " " + tail, lists: index.stop.has(tail) ? [a] : [a, b] }
  }
  return null
}

function nearest(w, known, sameFirst) {
  const sorted = t => [...t].sort().join("")
  const letters = sorted(w.text), swapped = k => k.form.length === w.text.length && sorted(k.form) === letters
  let best, least = 3
  for (const k of known) {
    const form = edited(w.text, k.form, leastCorrected, leastTwice)
    const edits = sameFirst ? Math.min(form, edited(w.term, k.term, leastStem, leastStemTwice)) : form
    if (edits > 2 || edits > least) continue
    if (edits < least || (swapped(k) - swapped(best) || k.common - best.common) > 0) [best, least] = [k, edits]
  }
  return [best, least]
}

// edited counts the edits between two words; 3 if they are out of reach.
function edited(a, b, once, twice) {
  const from = [...a], to = [...b]
  const undoubled = undouble(from)
  if ([...undoubled].length >= leastCorrected && undoubled === undouble(to)) return 0
  return distance(from, to, from.length < once ? 0 : from.length < twice ? 1 : 2)
}

const undouble = letters => letters.filter((c, i) => c !== letters[i - 1]).join("")

// distance is optimal string alignment; 3 for more than most.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return 3
  let before, above, row = [...b, 0].map((_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    [before, above, row] = [above, row, [i]]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
      least = Math.min(least, row[j])
    }
    if (least > most) return 3
  }
  return row[b.length] > most ? 3 : row[b.length]
}

// Search

// resolve finds the units for a word, as (*search).resolve does: each is
// { lists, share } and may say what was { corrected } or is { missing }.
async function resolve(index, w, unfinished) {
  const h = await list(index, w.term)
  if (!h && w.parts) {
    const last = w.parts.length - 1
    return (await Promise.all(w.parts.map((p, i) => p.stop ? [] : resolve(index, p, unfinished && i === last)))).flat()
  }
  // sage ... ab is absagen
  let verb
  for (const first of w.apart ?? []) verb ??= await list(index, stem(index, first + w.text))
  if (verb) return [{ lists: h ? [verb, h] : [verb], share: w.ask ? 1 : 4 }]
  if (unfinished && (!h || w.stop) && [...w.text].length >= leastCompleted) {
    const lists = await complete(index, w.text)
    if (lists.length) return [{ lists, share: 3 }]
  }
  if (h) return [{ lists: [h], share: w.ask ? 1 : 4 }]
  if (w.ask) return []
  const meant = await correct(index, w)
  if (!meant) return [{ lists: [], missing: w.text }]
  return meant.lists.map((l, i) => ({ lists: [l], share: 3, corrected: i ? null : { from: w.text, to: meant.to } }))
}

// search answers a query with hits, the best first. Where a file is gone, the
// index may have been published anew since the page has its manifest: then that
// is fetched again, once.
export async function search(query, lang, options) {
  const index = await open("", lang)
  try {
    return await answer(index, query, options)
  } catch {
    indexes.delete(folder + lang)
    return answer(await open("", lang), query, options)
  }
}

export const pageHits = 10
const cliff = 60, leastAbout = 7

async function answer(index, text, { product = "", kind = "", limit = pageHits } = {}) {
  const found = Object.assign([], { index, total: 0, tooShort: false, corrected: [], missing: [], terms: [] })
  let { read, asked, dropped, shortened } = query(index, text)
  found.shortened = shortened
  if ([...read.trim()].length < 2 || !asked.length) {
    found.tooShort = true
    return found
  }
  const unfinished = !dropped && /\p{L}$/u.test(read)
  const resolveAll = async words =>
    (await Promise.all(words.map((w, i) => resolve(index, w, unfinished && i === words.length - 1)))).flat()
  let resolved = await resolveAll(asked)
  found.corrected = resolved.map(u => u.corrected).filter(Boolean)
  found.missing = resolved.map(u => u.missing).filter(Boolean)
  const phrased = await meant(index, asked, found)
  if (phrased) resolved = await resolveAll(asked = phrased)
  const units = resolved.filter(u => u.lists.length)
  units.push(...await pairs(index, units))
  const about = subject(index, units, product)
  const tables = units.map(u => impacts(index, u, units.length > 1 && !about.checker))
  found.terms = [...new Set(units.filter(u => !u.pair).flatMap(u => u.lists.flatMap(l => [l.term, ...l.others])))]
  const admits = await filter(index, product, kind)
  const scores = add(units, tables).filter(admits)
  scores.sort((a, b) => b.score - a.score || a.doc - b.doc)
  while (scores.length && scores.at(-1).score * cliff < scores[0].score) scores.pop()
  lead(scores, index.titles[terms(asked)])
  const isQuestion = /[\p{L}\p{N}\p{M}][^\p{L}\p{N}\p{M}]+[\p{L}\p{N}]/u.test(read)
  if (isQuestion && !about.checker && !about.named) fallBack(index, scores, found.missing.length, units, admits)
  found.total = scores.length
  found.answer = await answered(index, about)
  found.push(...await Promise.all(scores.slice(0, limit).map(s => show(index, s, section(tables, s.doc)))))
  return found
}

// terms joins the terms of words, and of the parts of compounds.
const terms = words => words.flatMap(w => w.parts ? w.parts.filter(p => !p.stop).map(p => p.term) : w.term).join(" ")

// lead puts the document whose title was asked for first.
function lead(scores, doc) {
  const i = scores.findIndex(s => s.doc === doc)
  if (i > 0) scores.unshift({ ...scores.splice(i, 1)[0], score: scores[0].score })
}

// meant returns the words that a reader meant, or null; see (*search).meant.
async function meant(index, words, { corrected, missing }) {
  if (!corrected.length) return null
  const to = new Map(corrected.map(c => [c.from, c.to]))
  const correctAll = async words => (await Promise.all(words.map(async w => {
    if (w.parts && !await list(index, w.term)) return correctAll(w.parts.filter(p => !p.stop))
    return to.has(w.text) ? kept(index, to.get(w.text)) : missing.includes(w.text) ? [] : [w]
  }))).flat()
  const all = await correctAll(words), joined = join(index, all)
  return joined.length < all.length ? joined : null
}

// pairs returns units for the pairs that words make; see (*search).pair.
async function pairs(index, units) {
  const found = units.slice(1).map((u, i) => list(index, units[i].lists[0].term + "+" + u.lists[0].term))
  return (await Promise.all(found)).filter(Boolean).map(h => ({ lists: [h], share: 4, pair: true }))
}

// subject returns the product and the checker that a query is about; see (*search).subject.
function subject(index, units, product) {
  let checker = "", named = false
  for (const { term } of units.flatMap(u => u.lists)) {
    if (Object.hasOwn(index.names, term)) [product, named] = [index.names[term], true]
    if (!checker && Object.hasOwn(index.intents, term)) checker = index.intents[term]
  }
  return { product, checker, named }
}

// fallBack ranks the fallback high if words matched nothing; see (*search).fallBack.
function fallBack(index, scores, missing, units, admits) {
  const doc = index.fallback, known = units.filter(u => u.share > 1 && !u.pair).length
  if (!missing || doc < 0 || !admits({ doc })) return
  const at = scores.findIndex(s => s.doc === doc), place =
    missing > known || missing === known && !scores[0]?.about ? 0 : missing === known ? 1 : Math.min(2, scores.length)
  if (at >= 0 && at <= place) return
  if (at >= 0) scores.splice(at, 1)
  scores.splice(place, 0, { doc, score: scores[Math.min(place, scores.length - 1)]?.score ?? 1, fallback: true })
}

// answered returns what the rules say; see (*search).answer.
async function answered(index, { product, checker }) {
  const key = checker + " " + product
  if (!Object.hasOwn(index.answers, key)) return undefined
  const [, , title, text, url] = (await index.lines("a"))[index.answers[key]].split("\n")
  return { checker, product, title, text, url }
}

// impacts returns the greatest impact of a unit on each document; see (*search).impacts.
function impacts(index, { lists, share }, asksElse) {
  const table = new Map()
  for (const l of lists) {
    const isName = Object.hasOwn(index.names, l.term)
    l.docs.forEach((doc, i) => {
      let title = Math.floor((l.levels[i] - 1) / topLevel)
      const level = (l.levels[i] - 1) % topLevel + 1
      let impact = Math.floor(l.weight * level * share / 4)
      if (isName && title === 1) impact *= 2
      else if (isName && asksElse) title = 0
      if (impact > (table.get(doc)?.impact ?? 0)) table.set(doc, { impact, title, level, section: l.sections[i] ?? 0 })
    })
  }
  return table
}

// add sums up what the units say of each document; see (*search).answer.
function add(units, tables) {
  const sums = new Map()
  let total = 0
  units.forEach(({ lists, share, pair }, i) => {
    const weight = pair ? 0 : Math.max(...lists.map(l => Math.floor(l.weight * share / 4)))
    total += weight
    for (const [doc, { impact, title, level }] of tables[i]) {
      const s = sums.get(doc) ?? { sum: 0, weight: 0, about: false }
      const bonus = title > 1 && units.length === 1 ? 2 : Math.min(title, 1)
      const about = s.about || title > 0 || level >= leastAbout
      sums.set(doc, { sum: s.sum + impact, weight: s.weight + weight * (2 + bonus), about })
    }
  })
  return [...sums].map(([doc, s]) => ({ doc, score: Math.floor(s.sum * (total + s.weight) / (3 * total)), about: s.about }))
}

function section(tables, doc) {
  const votes = []
  for (const table of tables) {
    const { impact, section } = table.get(doc) ?? { section: 0 }
    if (section) votes[section] = (votes[section] ?? 0) + impact
  }
  return Math.max(0, votes.reduce((best, v, i) => v > (votes[best] ?? 0) ? i : best, 0))
}

async function filter(index, product, kind) {
  if (!product && !kind) return () => true
  const [products, kinds] = (await index.lines("f")).map(numbers)
  const has = index.products.map(ids => !product || ids.split(" ").includes(product)), k = index.kinds.indexOf(kind)
  return ({ doc }) => has[products[doc]] && (!kind || kinds[doc] === k)
}

async function record(index, file, doc) {
  const lines = await index.lines(file + Math.floor(doc / index.perFile))
  return lines[doc % index.perFile].split("\n")
}

async function show(index, { doc, score, fallback = false }, n) {
  const [title, url, ids, is] = await record(index, "d", doc), [p, k] = numbers(is)
  return {
    title, url: index.prefix + url, product: index.products[p].split(" ")[0], kind: index.kinds[k], score, fallback,
    section: n ? ids.split(" ")[n - 1] ?? "" : "", doc, n,
  }
}

// describe adds to hits what may be shown a moment later: the heading of the section,
// and its passage or the description.
export async function describe(found) {
  await Promise.all(found.map(async hit => {
    const notes = await record(found.index, "n", hit.doc)
    const [heading, text] = hit.n ? (notes[hit.n] ?? "\t").split("\t") : ["", ""]
    hit.heading = heading
    hit.passage = text ? passage(text, found) : notes[0]
  }))
  return found
}

// passage returns a text from the sentence with most of the words that were looked for.
function passage(text, found) {
  let best = 0, most = -1, start = 0
  while (start < text.length) {
    const at = text.slice(start).search(/[.!?] /), end = at < 0 ? text.length : start + at + 2
    const n = mark(text.slice(start, end), found).length
    if (n > most) [best, most] = [start, n]
    start = end
  }
  return text.slice(best)
}

// suggest returns the hits for what is being typed, without guesses at what
// might be meant.
export async function suggest(prefix, lang, options) {
  const found = await search(prefix, lang, { limit: 6, ...options })
  return describe(found.corrected.length ? Object.assign([], { index: found.index, terms: found.terms }) : found)
}

// mark returns where in a text the words stand that were looked for.
export function mark(text, found) {
  const terms = new Set(found.terms)
  const marked = words(found.index, text).filter(w => terms.has(w.term) || w.parts?.some(p => terms.has(p.term)))
  const places = []
  for (const { start, end } of marked) {
    if (places.length && start < places.at(-1)[1]) places.at(-1)[1] = end
    else places.push([start, end])
  }
  return places
}
