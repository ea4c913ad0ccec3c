// The search box: results while typing on the search page, suggestions on all
// others. It is loaded when a reader goes to a search box; the search module does
// the ranking.

const { dataset } = document.body, { lang } = document.documentElement
const search = import('./search.js')

const element = (name, attributes = {}, ...children) => {
  const e = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value) e.setAttribute(key, value)
  e.append(...children)
  return e
}

// The most results that the search page shows, as on the service.
const mostShown = 50

const address = hit => hit.url + (hit.section ? '#' + hit.section : '')

// marked returns a text with the words of the query in <mark>.
const marked = async (text, found) => {
  const { mark } = await search, parts = []
  let from = 0
  for (const [start, end] of await mark(text, found)) {
    parts.push(text.slice(from, start), element('mark', {}, text.slice(start, end)))
    from = end
  }
  return [...parts, text.slice(from)]
}

// typed calls show with the text of the box, a moment after the last key; only the
// latest call counts.
const typed = (box, show, wait = 120) => {
  let timer, turn = 0
  return () => {
    clearTimeout(timer)
    const mine = ++turn
    timer = setTimeout(() => show(box.value.trim(), () => mine === turn), wait)
  }
}

// arrows moves the focus between the box and the links that belong to it.
const arrows = (box, links) => {
  const move = e => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (!step) return
    const all = [box, ...links()]
    const next = all[all.indexOf(document.activeElement) + step]
    if (!next || all.length < 2) return
    e.preventDefault()
    next.focus()
  }
  return move
}

const results = async form => {
  const page = document.querySelector('.found'), status = document.querySelector('.status'), words = page.dataset
  const offer = page.querySelector('.offer'), box = form.elements.q
  const number = new Intl.NumberFormat(lang)
  const { open, search: ask, describe, pageHits } = await search
  open(dataset.index, lang)
  const given = new URLSearchParams(location.search)
  // How many results are shown, and where the focus goes once more are.
  let most = Math.min(Math.max(parseInt(given.get('n')) || 0, pageHits), mostShown), next = 0

  const say = found => [
    found.tooShort ? words.short : found.total ? words.total.replace('{n}', number.format(found.total)) : words.none,
    ...found.length < found.total ? [words.first.replace('{n}', number.format(found.length))] : [],
    ...found.corrected.map(c => words.corrected.replace('{to}', c.to).replace('{from}', c.from)),
    ...found.missing.length && found.total ? [words.missing.replace('{words}', found.missing.join(', '))] : [],
    ...found.shortened ? [words.shortened] : [],
  ].join(' ')

  const item = async (hit, found) => element('li', {},
    element('a', { href: address(hit) }, ...await marked(hit.title, found)),
    ...hit.heading ? [element('p', { class: 'part' }, ...await marked(hit.heading, found))] : [],
    element('p', {}, ...await marked(hit.passage, found)))

  const answer = ({ title, text, url }) => element('section', { class: 'answer' },
    element('h2', {}, element('a', { href: url }, title)), element('p', {}, text))

  const more = place => {
    const link = element('a', { class: 'more', href: place }, words.more)
    link.onclick = e => {
      if (e.ctrlKey || e.metaKey || e.shiftKey) return
      e.preventDefault()
      next ||= most
      most = Math.min(most + pageHits, mostShown)
      refresh()
    }
    return element('p', {}, link)
  }

  const elsewhere = async query => {
    const links = []
    for (const { lang: other, href, textContent } of document.querySelectorAll('.top .switch a[lang]')) {
      const { total } = await ask(query, other).catch(() => ({ total: 0 }))
      if (total) links.push(element('p', {}, element('a', { class: 'more', lang: other, hreflang: other, href: href.split('?')[0] + '?q=' + encodeURIComponent(query) }, textContent)))
    }
    return links
  }

  const show = async (query, current) => {
    const asked = { product: form.elements.product?.value ?? '', kind: form.elements.kind?.value ?? '', limit: most }
    const found = await describe(await ask(query, lang, asked))
    const items = await Promise.all(found.map(hit => item(hit, found)))
    const others = found.total || found.tooShort ? [] : await elsewhere(query)
    if (!current()) return
    const list = items.length ? [element('ol', { class: 'entries results' }, ...items)] : others
    const place = n => '?' + new URLSearchParams({ q: query, ...asked.product && { product: asked.product }, ...asked.kind && { kind: asked.kind }, ...n > pageHits && { n } })
    if (words.more && found.length < Math.min(found.total, mostShown)) list.push(more(place(most + pageHits)))
    page.replaceChildren(...found.answer ? [answer(found.answer)] : [], ...list, offer)
    offer.hidden = found.total > 0 || found.tooShort
    status.textContent = say(found)
    // Only if it changed: a link may be leading away.
    if (place(most) !== location.search) history.replaceState(null, '', place(most))
    if (next) page.querySelectorAll('.results a')[next]?.focus()
    next = 0
    if (words.missed && !found.tooShort && (!found.total || found.missing.length)) tell()
  }

  // The service counts queries that find nothing when it gets them, as it does without scripts.
  let told = given.get('q')
  const tell = typed(box, query => {
    if (query !== told && location.search) fetch(location, { method: 'HEAD' })
    told = query
  }, 2000)

  const refresh = typed(box, show)
  const restart = () => {
    most = pageHits
    next = 0
    refresh()
  }
  form.addEventListener('input', restart)
  form.addEventListener('submit', e => { e.preventDefault(); restart() })
  document.addEventListener('keydown', arrows(box, () => page.querySelectorAll('.results a')))
  if (given.get('q') && !box.value) {
    for (const name of ['q', 'product', 'kind']) if (form.elements[name]) form.elements[name].value = given.get(name) ?? ''
  }
  // Including what was typed before the script loaded.
  if (box.value) refresh()
}

const suggestions = async form => {
  const box = form.elements.q
  const list = form.appendChild(element('ul', { class: 'suggestions', hidden: 'hidden', 'aria-label': box.labels[0].textContent }))
  const count = form.appendChild(element('p', { class: 'hide', role: 'status' }))
  const { open, suggest } = await search
  open(dataset.index, lang)
  const close = () => { list.hidden = true }
  const show = async (query, current) => {
    const found = query.length < 2 ? [] : await suggest(query, lang)
    const items = await Promise.all(found.map(async hit => element('li', {}, element('a', { href: address(hit) },
      ...await marked(hit.heading || hit.title, found), ...hit.heading ? [element('small', {}, hit.title)] : []))))
    if (!current()) return
    list.replaceChildren(...items)
    list.hidden = !items.length
    count.textContent = query.length < 2 ? '' : box.dataset.count + ' ' + new Intl.NumberFormat(lang).format(items.length)
  }
  const refresh = typed(box, show)
  box.addEventListener('input', refresh)
  if (box.value) refresh()
  form.addEventListener('keydown', arrows(box, () => list.hidden ? [] : list.querySelectorAll('a')))
  form.addEventListener('keydown', e => { if (e.key === 'Escape') { close(); box.focus() } })
  form.addEventListener('focusout', e => { if (!form.contains(e.relatedTarget)) close() })
}

const form = document.querySelector('.search')
if (form.classList.contains('big')) results(form)
else suggestions(form)
