// Asks pairs of queries, each pair in a page that has fetched nothing yet, and
// has the server say what each step took.
//   node weigh.mjs SCRIPT BASE LANG < ["query", ...]
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"

const [script, base, lang] = process.argv.slice(2)
const queries = JSON.parse(readFileSync(0, "utf8")), rows = []
const taken = async () => (await fetch(base + "taken")).json()
for (const [i, text] of queries.entries()) {
  const { open, search, describe } = await import(`${pathToFileURL(script)}?${i}`)
  const row = { text }
  await taken()
  open(base, lang)
  const found = await search(text, lang)
  row.first = await taken()
  await describe(found)
  row.notes = await taken()
  const start = performance.now()
  await search(queries[(i + 1) % queries.length], lang)
  row.ms = performance.now() - start
  row.second = await taken()
  row.total = found.total
  rows.push(row)
}
console.log(JSON.stringify(rows))
