// What scripts add to pages that work without them. Each part looks for its own
// elements and does nothing if it finds none.

const $$ = (selector, root = document) => [...root.querySelectorAll(selector)]

// remember keeps a reader's choice in the browser, if the browser keeps anything.
const remember = (key, value) => {
  try {
    if (value !== undefined) localStorage[key] = value
    return localStorage[key]
  } catch { return }
}

// Notices appear and disappear on time, also on a host that only has files.
const watchNotices = () => {
  const now = Date.now()
  let next = Infinity
  for (const notice of $$('[data-until]')) {
    const from = Date.parse(notice.dataset.from), until = Date.parse(notice.dataset.until)
    notice.hidden = now < from || now >= until || remember('closed ' + notice.dataset.from) === 'yes'
    for (const t of [from, until]) if (t > now) next = Math.min(next, t)
  }
  if (next < now + 864e5) setTimeout(watchNotices, next - now + 500)
}

// A notice that the reader has closed stays closed.
const closeNotices = () => {
  for (const notice of $$('[data-close]')) {
    const button = notice.appendChild(document.createElement('button'))
    button.textContent = '×'
    button.setAttribute('aria-label', notice.dataset.close)
    button.addEventListener('click', () => {
      remember('closed ' + notice.dataset.from, 'yes')
      notice.hidden = true
      document.getElementById('main').focus()
    })
  }
}

// The language selector keeps the section and the query, which mean the same in
// every language.
const keepPlace = () => {
  for (const link of $$('.switch a')) {
    link.addEventListener('click', () => {
      const to = new URL(link.href)
      to.hash = location.hash
      if (location.search) to.search = location.search
      link.href = to
    })
  }
}

// The table of contents marks the section being read.
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

// A link to an answer opens it, and printing opens all answers and adds the address
// of the page. Most browsers open an answer that is linked to without this.
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
    document.getElementById('main').dataset.address = location.href
    shut = $$('.question:not([open]), .why:not([open]), .copy:not([open])')
    for (const part of shut) part.open = true
  })
  addEventListener('afterprint', () => {
    for (const part of shut) part.open = false
  })
}

// Every heading and question of an article gets a link to itself.
const linkHeadings = () => {
  const words = document.querySelector('[data-anchor]')?.dataset.anchor
  for (const part of $$('[data-anchor] :is(h2, h3)[id], .question > [id]')) {
    const at = part.matches('h2, h3') ? part : part.previousElementSibling.firstElementChild
    const link = document.createElement('a')
    link.className = 'anchor'
    link.href = '#' + part.id
    link.textContent = '#'
    link.setAttribute('aria-label', words + ' ' + at.textContent)
    if (at === part) at.append(link)
    else part.append(link)
  }
}

// A button copies the text for support.
const copyTexts = () => {
  for (const text of $$('[data-copy]')) {
    if (!navigator.clipboard) return
    const button = document.createElement('button'), said = document.createElement('span')
    button.textContent = text.dataset.copy
    said.setAttribute('role', 'status')
    text.after(button, ' ', said)
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text.textContent)
      said.textContent = text.dataset.copied
    })
  }
}

// The notice to old browsers stays closed.
const closeForGood = () => {
  const notice = document.querySelector('.old-browser details')
  if (CSS.supports('container-type: inline-size')) return
  notice.open = remember('old') !== 'closed'
  notice.addEventListener('toggle', () => remember('old', notice.open ? 'open' : 'closed'))
}

// "/" goes to the search box, unless the reader has switched that off on the search
// page (WCAG 2.1.4); Escape, or a click outside it, closes the menu.
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

// Counts a day from another, as the rules do. Steps are, for example, months=1,
// end-of-month or working_days=-2. Days are civil days, counted in UTC, where each has
// 24 hours.
const count = (start, steps, holidays) => {
  let day = new Date(start)
  const move = n => day.setUTCDate(day.getUTCDate() + n)
  const works = () => day.getUTCDay() % 6 && !holidays.includes(day.toISOString().slice(0, 10))
  const last = (year, month) => new Date(Date.UTC(year, month + 1, 0))
  for (const step of steps.split(' ')) {
    const [unit, text] = step.split('='), way = +text < 0 || unit === 'working-day-before' ? -1 : 1
    if (unit === 'days') move(+text)
    if (unit === 'months') {
      const end = last(day.getUTCFullYear(), day.getUTCMonth() + +text)
      end.setUTCDate(Math.min(day.getUTCDate(), end.getUTCDate()))
      day = end
    }
    if (unit === 'working_days') for (let left = +text; left; left -= works() ? way : 0) move(way)
    if (unit === 'end-of-month') day = last(day.getUTCFullYear(), day.getUTCMonth())
    if (unit.startsWith('working-day-')) while (!works()) move(way)
  }
  return day.getTime()
}

// Shows the dates counted from the days that the reader gives, in the words that the
// service uses, so that hosts without it can do the same.
const countDays = () => {
  const part = document.querySelector('.dates'), form = part?.querySelector('form')
  if (!form) return
  const { months, numbers = '', long, over, holidays = '' } = part.dataset
  const lines = $$('[data-steps]', part), notes = $$('[role=status] > p[data-from]', part), calendar = part.querySelector('.calendar')
  const today = new Date(), now = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())
  const write = time => {
    const day = new Date(time)
    return long.replace('{day}', numbers.split('|')[day.getUTCDate() - 1] || day.getUTCDate())
      .replace('{month}', months.split('|')[day.getUTCMonth()]).replace('{year}', day.getUTCFullYear())
  }
  const link = calendar.firstElementChild, served = link.getAttribute('href')
  const query = new URLSearchParams(location.search), given = query.toString(), fields = $$('input[type=date]', form)
  const offer = (deadlines, typed) => {
    calendar.hidden = !deadlines.length
    if (calendar.hidden) return
    if (served && typed === given) return link.setAttribute('href', served)
    const day = time => new Date(time).toISOString().slice(0, 10).replaceAll('-', '')
    const text = s => s.replace(/[\\;,]/g, '\\$&')
    const events = deadlines.flatMap(({ line, at }) => ['BEGIN:VEVENT',
      'UID:' + at + location.pathname + '@' + location.host, 'DTSTAMP:' + day(now) + 'T000000Z',
      'DTSTART;VALUE=DATE:' + day(at), 'SUMMARY:' + text(line.firstElementChild.textContent),
      'DESCRIPTION:' + text(line.lastElementChild.textContent), 'TRANSP:TRANSPARENT', 'END:VEVENT'])
    const file = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//helpcenter//EN', ...events, 'END:VCALENDAR', '']
    link.download = 'deadline.ics'
    link.href = URL.createObjectURL(new Blob([file.join('\r\n')], { type: 'text/calendar' }))
  }
  const show = () => {
    const starts = Object.fromEntries(fields.map(f => [f.name, f.validity.valid ? Date.parse(f.value + 'T00:00:00Z') : NaN]))
    const days = lines.filter(line => !Number.isNaN(starts[line.dataset.from]))
      .map(line => ({ line, at: count(starts[line.dataset.from], line.dataset.steps, holidays) }))
    const missed = days.filter(({ line, at }) => line.dataset.late && at < now).map(({ line }) => line.dataset.from)
    for (const { line, at } of days) {
      const gone = at < now, late = gone && line.dataset.late
      line.hidden = missed.includes(line.dataset.from) && !line.dataset.late
      line.classList.toggle('late', !!late)
      const day = document.createElement('strong'), text = document.createElement('span')
      day.innerHTML = line.dataset.day.replace('{date}', write(at))
      if (gone && !late) text.textContent = over
      else text.innerHTML = late || line.dataset.text
      line.replaceChildren(day, ' ', text)
    }
    for (const note of notes) note.hidden = !(starts[note.dataset.from] < now)
    offer(days.filter(({ line, at }) => line.dataset.late && at >= now), new URLSearchParams(new FormData(form)).toString())
  }
  for (const field of fields) {
    const at = days => new Date(now + 864e5 * days).toISOString().slice(0, 10)
    if (field.dataset.low) [field.min, field.max] = [at(field.dataset.low), at(field.dataset.high)]
    field.value = query.get(field.name) ?? field.value
  }
  if (fields.some(field => field.value)) show()
  form.addEventListener('submit', e => {
    e.preventDefault()
    show()
    history.replaceState(null, '', '?' + new URLSearchParams(new FormData(form)))
  })
}

// A long list of answers shows those that contain the words typed, and "I don't know".
const filterAnswers = () => {
  const part = document.querySelector('.filter'), list = part?.parentElement.querySelector('.choose')
  if (!list) return
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const [box, said] = $$('input, span', part), letters = $$('.ask .jump')
  const lines = $$('li', list).map(line => [line, plain(line.textContent)])
  const rest = list.querySelector('.unknown')
  const left = () => lines.filter(([line]) => !line.hidden && line !== rest)
  box.addEventListener('input', () => {
    const words = plain(box.value).split(/\s+/)
    for (const [line, text] of lines) line.hidden = line !== rest && !words.every(word => text.includes(word))
    for (const group of list.children) group.hidden = !$$('li:not([hidden])', group).length
    for (const nav of letters) nav.hidden = box.value.trim()
    said.textContent = box.value.trim() && part.dataset.count.replace('{number}', left().length)
  })
  part.addEventListener('submit', e => {
    e.preventDefault()
    if (left().length === 1) left()[0][0].firstElementChild.click()
  })
  part.classList.add('on')
}

// A number or a day that is typed leads to the answer with its range, also on hosts that
// cannot find it. The address keeps what was typed, for texts and dates.
const leadTyped = () => {
  const form = document.querySelector('.typed')
  const to = (link, given = {}) => {
    const url = new URL(link.href), query = url.searchParams
    for (const [key, value] of [...Object.entries(given), ...new URLSearchParams(location.search)]) {
      if (!query.has(key)) query.append(key, value)
    }
    return url
  }
  if (location.search) for (const link of $$('.choose a')) link.href = to(link)
  form?.addEventListener('submit', e => {
    const fields = $$('[name]', form), { name, type } = fields[0], set = fields.length > 1
    const given = fields.filter(f => f.value && (!set || f.checked)).map(f => f.value).join()
    const now = new Date(), today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())
    const number = type === 'date' ? (Date.parse(given) - today) / 864e5 : Number(given)
    const link = $$('.choose a').find(a => {
      const value = decodeURIComponent(a.href).split(new RegExp('[/?&]' + name + '='))[1]?.split(/[/?&]/)[0]
      const [low, high] = value?.split('..') ?? []
      return high ? Number(low) <= number && number <= Number(high) : set && value === given
    })
    if (!link) return
    e.preventDefault()
    location.href = to(link, set ? {} : { [name]: given })
  })
}

// The search box loads what it needs when a reader goes to it; the search page loads
// it at once.
const searchBox = () => {
  const box = document.getElementById('q')
  if (!box) return
  const begin = () => import('./find.js')
  if (box.form.matches('.big')) begin()
  else box.addEventListener('focus', begin, { once: true })
}

watchNotices()
closeNotices()
keepPlace()
followReader()
openAnswers()
linkHeadings()
copyTexts()
closeForGood()
keys()
countDays()
filterAnswers()
leadTyped()
searchBox()
if (parent !== self && document.body.dataset.start) import('./frame.js')
