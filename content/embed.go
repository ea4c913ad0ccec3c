// Package content holds the articles of the help center, their pictures, and
// site.toml. This is the manual for those who write them; packages site/article
// and site/library read them.
//
// An article is a Markdown file content/<lang>/<product>/<category>/<name>.md.
// Its path without language and ending, such as
// goto-meeting/billing/cancel-subscription, names it in every language: the same
// path in two languages is the same article, translated. Names of folders and
// files are lowercase ASCII letters, digits and hyphens, since addresses are made
// of them. Pictures and other files stand beside their article, or in
// content/images/ when all languages share them. content/site.toml says which
// languages, products and categories there are, and all else that the site knows
// besides articles , and content/translations.<lang>.toml what the
// translations into a language were made from . Files and
// folders whose name begins with a dot, Go files, content/README.md and the
// schemas for editors, content/*.schema.json, are passed over.
//
// # An article
//
// TOML front matter stands between two +++ lines, Markdown follows:
//
//	+++
//	title = "Annullare l’abbonamento"
//	description = "Chi può annullarlo, come e fino a quando."
//	updated = 2025-03-03
//	slug = "annullare-abbonamento"                  # optional, last part of the address
//	aliases = ["goto-meeting/billing/old-name"]     # optional, earlier addresses
//	related = ["goto-meeting/billing/change-plan"]  # optional, paths of articles
//	kind = "guide"                                  # optional: article, guide, video
//	checker = "cancel-online"                       # optional, the checker that answers the same question
//	draft = true                                    # optional: checked, not published
//	+++
//
//	Text.
//
//	## Passaggi {#steps}
//
//	1. Apri **Billing**: vedi [che cosa succede dopo](after-cancelling.md#data).
//
//	   ![La pagina Subscriptions](../../../images/subscriptions.svg "Una didascalia")
//
//	> [!WARNING]
//	> Text of the alert.
//
//	```values cancel-online product cancel-online
//	```
//
// Markdown is CommonMark with GitHub's tables and alerts (note, tip, important,
// warning, and example). A heading's id follows it as {#id} and is the same in
// all languages; without one it is made from the title. Headings begin at level
// two, since the title is the first, and stand in no list and no quotation. A
// paragraph that is one picture becomes a figure, the picture's title its
// caption. The fenced block becomes the list of values of a fact with which an
// outcome of the rules can be reached. Raw HTML is refused, but for comments,
// which are dropped; a comment <!-- lint: rule-id because reason --> is kept as
// a silence.
//
// Links to articles and pictures are relative paths of files, as an editor or a
// code host follows them; to other sites, https, http, mailto and tel. Nothing
// else is a link here.
//
// # Findings
//
// Errors: layout, toml, unknown-key, site, front-matter, encoding, too-large,
// raw-html, heading-id, heading-order (an h1, or a heading within another block),
// duplicate-id, alert, values, unsafe-link, broken-link, broken-anchor, asset,
// address-collision, table (a row of more cells than the table has columns, a bar
// in code), code-fence (never closed), empty (an article or an alert without
// text), unshown-text (what would not reach the page), invisible (in titles and
// links), translations (a damaged file of that name). Warnings: heading-order (a level left out), missing-alt,
// invisible (elsewhere), silence (a lint comment without a reason),
// outdated-translation.
package content

import "embed"

// Files are the articles as they were when the program was built.
//
//go:embed *.toml */*
var Files embed.FS
