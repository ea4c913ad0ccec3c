// What the page hears, and what it says to the console.
const heard = [], said = []
addEventListener('decided', e => heard.push({ element: e.target.id, ...e.detail }))
console.error = message => said.push(message)
