// What the preview adds to a page: it puts in place what a writer has saved,
// marks it, and lists what is wrong. It hears of every revision of the site by
// events, and asks for its own page again.

const marked = 'preview-changed'

// What the page's script adds to what the server wrote.
const added = '.anchor'

const fetchPage = async () => {
  const answer = await fetch(location.href, { cache: 'no-store' })
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
}

// update makes an element like another, and leaves in place all that is the same
// in both, so that neither the scroll position nor an opened answer is lost. It
// marks the smallest blocks that are not.
const update = (old, now) => {
  const a = [...old.childNodes].filter(n => !n.matches?.(added)).map(plain), b = [...now.childNodes].map(plain)
  let first = 0, last = 0
  while (first < a.length && first < b.length && same(a[first], b[first])) first++
  while (last < a.length - first && last < b.length - first && same(a.at(-1 - last), b.at(-1 - last))) last++
  const gone = a.slice(first, a.length - last), come = b.slice(first, b.length - last)
  const after = a[a.length - last]?.node ?? null
  let i = 0, j = 0
  for (const [x, y] of [...common(gone, come), [gone.length, come.length]]) {
    replace(old, gone.slice(i, x), come.slice(j, y), gone[x]?.node ?? after)
    i = x + 1
    j = y + 1
  }
}

// plain is a node with its text as the server wrote it: without what scripts and
// readers have done to it.
const plain = node => {
  if (node.nodeType !== Node.ELEMENT_NODE) return { node, text: node.data }
  const copy = node.cloneNode(true)
  for (const e of copy.querySelectorAll(added)) e.remove()
  return { node, text: copy.outerHTML.replace(/ (open=""|aria-current="true")/g, '') }
}

const same = (x, y) => x.node.nodeType === y.node.nodeType && x.text === y.text

// common pairs the nodes that both lists have, in their order: the longest such
// list.
const common = (a, b) => {
  const long = [...a, 0].map(() => new Array(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      long[i][j] = same(a[i], b[j]) ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1])
    }
  }
  const pairs = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (same(a[i], b[j])) pairs.push([i++, j++])
    else if (long[i + 1][j] >= long[i][j + 1]) i++
    else j++
  }
  return pairs
}

// replace puts nodes in the place of others. Where a container stands for one of
// its kind, only what differs within is replaced.
const replace = (parent, gone, come, before) => {
  const isElement = node => node.nodeType === Node.ELEMENT_NODE
  const olds = gone.map(x => x.node).filter(isElement)
  for (const { node } of gone) if (!isElement(node)) node.remove()
  for (const { node } of come) {
    const old = isElement(node) ? olds.shift() : null
    if (old && alike(old, node)) {
      update(old, node)
      continue
    }
    const copy = document.importNode(node, true)
    if (old) old.replaceWith(copy)
    else parent.insertBefore(copy, olds[0] ?? before)
    mark(copy)
  }
  for (const old of olds) old.remove()
}

// alike reports whether an element can be made like another piece by piece: both
// are the same container, and hold no text of their own.
const alike = (x, y) => {
  const shell = e => { const c = e.cloneNode(false); c.removeAttribute('open'); return c }
  const ownText = e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim())
  return shell(x).isEqualNode(shell(y)) && x.children.length > 0 && y.children.length > 0 && !ownText(x) && !ownText(y)
}

const mark = node => {
  if (node.nodeType === Node.ELEMENT_NODE) node.classList.add(marked)
  else if (node.nodeType === Node.TEXT_NODE && node.data.trim()) node.parentElement?.classList.add(marked)
}

const clearMarks = () => {
  for (const node of document.querySelectorAll('.' + marked)) {
    node.classList.remove(marked)
    if (!node.classList.length) node.removeAttribute('class')
  }
}

let panel

const element = (tag, text, className) => {
  const e = document.createElement(tag)
  if (text) e.textContent = text
  if (className) e.className = className
  return e
}

const count = (n, thing) => n + ' ' + thing + (n === 1 ? '' : 's')

const show = (report, note) => {
  const errors = report.findings.filter(f => f.severity === 'error').length
  const open = panel ? panel.open : true
  const next = element('details', '', 'preview-panel')
  next.lang = 'en'
  next.open = open || errors > 0
  next.dataset.state = errors ? 'error' : 'fine'
  next.dataset.revision = report.revision
  next.append(element('summary', 'Preview: ' + (report.findings.length ? count(report.findings.length, 'finding') : 'nothing found')))
  if (!report.shown) next.append(element('p', 'There are errors: this page is as it was before them.'))
  if (note) next.append(element('p', note))
  const lead = (to, text) => {
    if (!to || location.pathname === to) return
    const link = element('a', text), line = element('p')
    link.href = to
    line.append(link)
    next.append(line)
  }
  lead(report.both, 'All languages side by side')
  lead('/preview/', 'Drafts, and what else readers do not see')
  const list = element('ol')
  if (report.readers?.length) {
    list.append(element('li', 'Was it helpful? Readers said:'))
    for (const line of report.readers) list.append(element('li', line, 'readers'))
  }
  for (const f of report.findings) {
    const item = element('li', '', f.severity)
    item.append(element('code', [f.file, f.line, f.column].filter(Boolean).join(':')), ' ',
      element('strong', f.severity), ': ' + f.message + ' [' + f.rule + ']')
    if (f.suggestion) item.append(element('small', f.suggestion))
    list.append(item)
  }
  if (report.cases?.length) {
    list.append(element('li', 'The rules that were saved last change:'))
    for (const line of report.cases) list.append(element('li', line, 'case'))
  }
  if (list.children.length) next.append(list)
  if (panel) panel.replaceWith(next)
  else document.body.append(next)
  panel = next
}

let revision = 0

const hear = async report => {
  let note = ''
  if (revision && report.revision !== revision && report.shown) {
    if (document.body.dataset.preview === 'nothing') return location.reload()
    const page = await fetchPage()
    clearMarks()
    if (page) {
      document.title = page.title
      update(document.querySelector('main'), page.querySelector('main'))
    } else note = 'This page is no longer at this address.'
  }
  revision = report.revision
  show(report, note)
}

const events = new EventSource('/preview/events?page=' + encodeURIComponent(location.pathname))
let turn = Promise.resolve()
events.onmessage = e => { turn = turn.then(() => hear(JSON.parse(e.data))) }
