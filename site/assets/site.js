// What a script adds to pages that work without one. Each part looks for its own
// elements and does nothing if it finds none.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]

// Notices begin and end by themselves, also on a host that never renders again.
const watchNotices = () => {
  const now = Date.now()
  let next = Infinity
  for (const notice of $$('[data-until]')) {
    const from = Date.parse(notice.dataset.from), until = Date.parse(notice.dataset.until)
    notice.hidden = now < from || now >= until
    for (const t of [from, until]) if (t > now) next = Math.min(next, t)
  }
  if (next < now + 864e5) setTimeout(watchNotices, next - now + 500)
}

// The language selector keeps section and query: they mean the same in every
// language.
const keepPlace = () => {
  for (const link of $$('a[data-keep]')) {
    link.addEventListener('click', () => {
      const to = new URL(link.href)
      to.hash = location.hash
      if (location.search) to.search = location.search
      link.href = to
    })
  }
}

// The table of contents marks the section that is being read.
const followReader = () => {
  const links = new Map($$('.toc a').map(a => [decodeURIComponent(a.hash.slice(1)), a]))
  const headings = $$('.prose > h2[id]').filter(h => links.has(h.id))
  if (!headings.length) return
  const mark = () => {
    const at = headings.findLast(h => h.getBoundingClientRect().top < innerHeight / 3)
    for (const [id, a] of links) {
      if (at?.id === id) a.setAttribute('aria-current', 'true')
      else a.removeAttribute('aria-current')
    }
  }
  let due = false
  addEventListener('scroll', () => {
    if (!due) requestAnimationFrame(() => { due = false; mark() })
    due = true
  }, { passive: true })
  mark()
}

// A link to an answer opens it, and paper shows all of them. Most browsers do so
// without being told.
const openAnswers = () => {
  const open = () => {
    const answer = document.querySelector('.question > :target'), question = answer?.parentElement
    if (!question || question.open) return
    question.open = true
    answer.scrollIntoView()
  }
  addEventListener('hashchange', open)
  open()
  let shut = []
  addEventListener('beforeprint', () => {
    shut = $$('.question:not([open])')
    for (const question of shut) question.open = true
  })
  addEventListener('afterprint', () => {
    for (const question of shut) question.open = false
  })
}

// remember keeps a reader's choice in the browser, where that keeps anything.
const remember = (key, value) => {
  try {
    if (value !== undefined) localStorage[key] = value
    return localStorage[key]
  } catch { return }
}

// The notice to old browsers stays away once it has been closed.
const closeForGood = () => {
  const notice = document.querySelector('.old-browser details')
  if (CSS.supports('container-type: inline-size')) return
  notice.open = remember('old') !== 'closed'
  notice.addEventListener('toggle', () => remember('old', notice.open ? 'open' : 'closed'))
}

// "/" goes to the search box, unless a reader has switched that off on the
// search page (WCAG 2.1.4); Escape or a click beside it closes the menu.
const keys = () => {
  const slash = document.querySelector('.slash'), box = slash?.querySelector('input')
  if (slash) {
    box.checked = remember('slash') !== 'off'
    box.addEventListener('change', () => remember('slash', box.checked ? 'on' : 'off'))
    slash.classList.add('on')
  }
  addEventListener('click', e => {
    const open = document.querySelector('.menu[open]')
    if (open && !open.contains(e.target)) open.open = false
  })
  addEventListener('keydown', e => {
    const typing = e.target.closest?.('input, select, textarea, [contenteditable]')
    if (e.key === '/' && !typing && remember('slash') !== 'off' && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault()
      document.getElementById('q')?.focus()
    }
    if (e.key === 'Escape') {
      const open = document.querySelector('.menu[open]')
      if (open) { open.open = false; open.firstElementChild.focus() }
    }
  })
}

// Days counted from the renewal date, as the service counts them, for hosts
// without it. Days are civil days: counted in UTC, where each has 24 hours.
const countDays = () => {
  const form = document.querySelector('.dates form')
  if (!form) return
  const lines = $$('.dates [data-days]'), today = new Date()
  const now = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  const write = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeZone: 'UTC' })
  const show = renewal => {
    const start = Date.parse(renewal + 'T00:00:00Z')
    if (Number.isNaN(start)) return
    const at = line => start + 864e5 * line.dataset.days
    const missed = lines.some(line => line.dataset.late && at(line) < now)
    for (const line of lines) {
      const late = Boolean(line.dataset.late) && at(line) < now
      line.hidden = missed && !line.dataset.late
      line.classList.toggle('late', late)
      const day = document.createElement('strong')
      day.textContent = line.dataset.day.replace('{date}', write.format(at(line)))
      line.replaceChildren(day, document.createElement('br'), late ? line.dataset.late : line.dataset.text)
    }
  }
  const given = new URLSearchParams(location.search).get('renewal')
  if (given) {
    form.renewal.value = given
    show(given)
  }
  form.addEventListener('submit', e => {
    e.preventDefault()
    show(form.renewal.value)
    history.replaceState(null, '', '?renewal=' + encodeURIComponent(form.renewal.value))
  })
}

// The search box fetches what it needs when somebody goes to it; the search
// page, at once.
const searchBox = () => {
  const box = document.getElementById('q')
  if (!box) return
  const begin = () => import(document.body.dataset.find)
  if (box.form.matches('.big')) begin()
  else box.addEventListener('focus', begin, { once: true })
}

watchNotices()
keepPlace()
followReader()
openAnswers()
closeForGood()
keys()
countDays()
searchBox()
