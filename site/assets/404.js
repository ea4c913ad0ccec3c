// On the page for addresses that do not exist, if the host did not do this itself:
// lists the articles that the words of the address may mean, using the search module.

const { dataset } = document.body
const near = document.querySelector('.near'), list = near.querySelector('ul')
const steps = location.pathname.split('/').filter(Boolean)
const tags = [document.documentElement, ...document.querySelectorAll('.top .switch a')].map(e => e.lang)
const lang = steps.find(step => tags.includes(step)) ?? tags[0]

const words = (steps.pop() ?? '').replace(/\.html$/, '').split(/[^\p{L}\p{N}]+/u).join(' ') + ' '
const { open, search, describe } = await import('./search.js')
open(dataset.index, lang)
const found = await describe(await search(words, lang, { limit: 5 }))

list.lang = lang
for (const hit of found) {
  const item = list.appendChild(document.createElement('li'))
  const link = item.appendChild(document.createElement('a'))
  link.href = hit.url
  link.textContent = hit.title
  item.appendChild(document.createElement('p')).textContent = hit.passage
}
near.hidden = !found.total
