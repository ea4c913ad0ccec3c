// Asks the page's script what a test asks package search, and prints the answers.
//   node ask.mjs SCRIPT BASE LANG < [{text, product, kind, limit, mark}]
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"

const [script, base, lang] = process.argv.slice(2)
const { open, search, describe, mark } = await import(pathToFileURL(script))
await open(base, lang)
const answers = []
for (const { text, product, kind, limit } of JSON.parse(readFileSync(0, "utf8"))) {
  const found = await search(text, lang, { product, kind, limit: limit || undefined })
  await describe(found)
  answers.push({
    tooShort: found.tooShort, shortened: found.shortened, total: found.total, corrected: found.corrected, answer: found.answer, missing: found.missing, terms: found.terms,
    hits: found.map(({ url, title, score, section, heading, passage, product, kind, fallback }) => ({ url, title, score, section, heading, passage, product, kind, fallback })),
    marks: found.length ? (await mark(found[0].title, found)).map(([a, b]) => found[0].title.slice(a, b)) : [],
  })
}
console.log(JSON.stringify(answers))
