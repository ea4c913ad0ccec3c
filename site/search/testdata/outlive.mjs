// Opens an index, has it published anew, and prints where hits lead then.
//   node outlive.mjs SCRIPT BASE LANG QUERY
import { pathToFileURL } from "node:url"

const [script, base, lang, query] = process.argv.slice(2)
const { open, search, describe, mark } = await import(pathToFileURL(script))
await open(base, lang)
await fetch(base + "publish")
const found = await search(query, lang)
await describe(found)
await mark(found[0].title, found)
console.log(JSON.stringify(found.map(hit => hit.url)))
