// What a program in TypeScript does with the API. It is type-checked against what is
// generated from the API's description, and run: it prints what it is answered.
import createClient from "openapi-fetch"
import type { components, paths } from "./schema.js"

const client = createClient<paths>({ baseUrl: process.argv[2] })

const decided = await client.GET("/api/v1/checkers/cancel-online/decision", {
	params: { query: { product: "goto-meeting", contract: "trial", lang: "it" } },
})
const decision: components["schemas"]["cancel-online.Decision"] = decided.data!
const outcome: "cancel-online" | "contact-support" | "not-yet" | "nothing-to-cancel" = decision.outcome!.id
console.log(decision.status, outcome, decision.reasons[0].cite!.url)

const refused = await client.GET("/api/v1/checkers/cancel-online/decision", {
	// @ts-expect-error: the values of a fact are closed
	params: { query: { contract: "weekly" } },
})
console.log(refused.error!.status, refused.error!.errors![0].allowed.join(" "))

const batch = await client.POST("/api/v1/checkers/cancel-online/decisions", {
	body: [{ contract: "trial" }, { contract: "unknown", on: "2027-01-01" }],
})
console.log(batch.data!.length)

const explained = await client.GET("/api/v1/checkers/cancel-online/explanation", {
	params: { query: { contract: "trial" } },
})
const hit = explained.data!.rules.find(rule => rule.state === "hit")!
console.log(hit.rule, hit.tests[0].fact, hit.tests[0].values[0])

const found = await client.GET("/api/v1/search", { params: { query: { q: "disdetta", lang: "it", limit: 3 } } })
console.log(found.data!.results.length)

// @ts-expect-error: a search needs a query
await client.GET("/api/v1/search", { params: { query: { lang: "it" } } })

const list = await client.GET("/api/v1/articles", { params: { query: { lang: "it" } } })
const path = list.data!.articles[0].path
const article = await client.GET("/api/v1/articles/{path}", { params: { path: { path }, query: { lang: "it" } } })
const state: "source" | "current" | "older" | "missing" = article.data!.translation.state
console.log(article.data!.title === list.data!.articles[0].title, state, article.data!.sections[0].id)

const none = await client.GET("/api/v1/articles/{path}", { params: { path: { path: "no/such" } } })
console.log(none.response.status, none.error!.detail !== "")
