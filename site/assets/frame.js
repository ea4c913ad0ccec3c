// What a page of a checker does in a frame of another site (see package site/embed): it
// shows only the checker, tells the frame its height and the decision, and opens other
// links in a new tab.

const root = document.documentElement, { start, tab } = document.body.dataset
root.classList.add('framed')

const checker = start + location.pathname.slice(start.length).split('/')[0] + '/'
for (const a of [...document.links]) {
  const inside = a.host === location.host && a.pathname.startsWith(checker)
  if (inside || a.download || !a.protocol.startsWith('http')) continue
  const words = document.createElement('span')
  words.className = 'hide'
  words.textContent = ' ' + tab
  a.target = '_blank'
  a.rel = 'noopener'
  a.append(words)
}

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || data !== 'help-checker') return
  const say = message => parent.postMessage(message, origin)
  new ResizeObserver(() => say({ height: root.offsetHeight })).observe(root)
  const { checker, outcome } = document.querySelector('[data-outcome]')?.dataset ?? {}
  if (outcome) say({ decided: { checker, outcome, url: location.href } })
})
parent.postMessage('help-checker', '*')
