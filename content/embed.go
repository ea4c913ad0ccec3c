// Package content has the articles of the help center, their images, and site.toml. This is the manual for
// those who write them; packages site/article and site/library read them.
//
// An article is a Markdown file content/<lang>/<product>/<category>/<name>.md; one about no product is
// content/<lang>/<category>/<name>.md, and a page such as "about us" content/<lang>/<name>.md. Its path without
// language and extension, such as goto-meeting/billing/cancel-subscription, names it in every language: the same
// path in two languages is the same article, translated. It is published at /<lang>/<product>/<category>/<slug>/,
// without what its path lacks; articles, search, feedback and api are other pages' addresses. Names of folders and
// files are lowercase ASCII letters, digits and hyphens, since addresses are made of them. Images and other files are
// beside their article, or
// in content/images/ if all languages share them.
//
// content/site.toml says which languages, products and categories there are, and all else that the site knows
// besides articles. Its table [site] is how the help center presents itself; what is left out is not shown:
//
//	[site]
//	name = "Velora"                                       # or by language; else the host of base_url
//	short = { en = "Velora help" }                        # at most 16 characters, for search in browsers
//	description = { en = "Answers about Velora." }
//	placeholder = { en = "Invoice, delivery …" }          # in the empty search box
//	footer = { en = "© Velora Ltd." }
//	logo = "logo.svg"                                     # files in content/: before the name
//	icon = "icon.svg"                                     # of the browser's tab: SVG or PNG
//	card = "card.png"                                     # where the site is linked to: PNG or JPEG, 1200 × 630
//	most_needed = ["velora/start/returns"]                # on the home page; else what most articles link to
//
//	[theme]
//	accent = "#0d5f5a"                                    # all colours are made of it, for light and dark
//	font = "Inter.woff2"                                  # in content/
//
//	[csp]
//	script = ["https://stats.example"]                    # what pages may load from elsewhere
//
// An accent whose text could not be read (contrast below 4.5, WCAG AA) is an error that names the nearest that can.
// Styles of one's own are site/assets/custom.css, which is linked last; site/templates/ may have head.html,
// brand.html, article-end.html and footer-extra.html, plain HTML at those places, or any template of the program
// (site/templates/README.md). Every src, href and url() there is checked against the policy, to which [csp] adds by
// directive: script, style, img, font, media, connect, frame, form, manifest.
//
// Files in static/ beside content/ are published as they are (CNAME, .well-known/, robots.txt), but for what editors
// and systems leave. content/redirects.toml keeps addresses of an earlier site. Where they lead is checked, with
// section, and no two things can have one address:
//
//	[[redirect]]
//	from = "/hc/en-us/articles/36003-Old-Name"            # any path, capitals and .html too
//	to = "/en/velora/start/returns/#time"                 # or https://…
//
// content/translations.<lang>.toml has the source texts that translations were made from;
// helpcenter translations accept writes it.
//
// Ignored are Go files, content/README.md, the schemas for editors, content/*.schema.json, and in all folders
// what editors and systems leave: names that begin with a dot or end with ~, .orig, .rej, .bak, .tmp, .swp,
// #...#, 4913, ___jb_tmp___ and ___jb_old___, Thumbs.db, ehthumbs.db, desktop.ini.
//
// # An article
//
// Front matter in TOML is between two +++ lines, or in YAML between two --- lines; Markdown follows:
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
//	products = ["goto-webinar"]                     # optional, listed under these products, too
//	draft = true                                    # optional: checked, not published
//	publish = 2026-12-01                            # optional: readers see it from this day on
//	expires = 2027-12-01                            # optional: and no longer from this day on
//	review = 2027-06-01                             # optional: lint says when it is due
//	[extra]                                         # optional, last: texts for templates of your own,
//	owner = "billing team"                          # such as {{.Extra.owner}} in article.html
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
//	```section goto-meeting/billing/change-plan#steps
//	```
//
// A draft is checked and not published; serve --watch and build --drafts show it, marked. So it is with an article
// before the day of publish and from the day of expires on, in the time zone of site.toml: links to it are links
// to nothing, and the service shows and hides it at the first moment of the day. What is built does not change by
// itself; build says when to build again. Lint says a week before that an article expires, and what a build on
// that day, or on the day of a publication, would refuse.
//
// Markdown is CommonMark with GitHub's tables, task lists, ~~struck text~~, bare addresses and alerts (note,
// tip, important, warning, caution, and example), footnotes ([^name] and a line [^name]: text), definition
// lists (a term, and below it a line that begins with a colon), and the tags <br>, <kbd>, <sub>, <sup>, <mark>
// and <details><summary>Title</summary>, an empty line, Markdown, an empty line, </details>. No tag has
// attributes. A paragraph ![Caption](clip.mp4) is a video, MP4 or WebM. What other tools understand beside this
// is an error that says what to write here; behind a backslash and in code it is text.
//
// A heading's id follows it as {#id} and is the same in all languages; without one it is made
// from the title. Headings begin at level two, since the title is the first, and cannot be in lists and
// quotations. A paragraph that consists of one image becomes a figure, the image's title its caption.
//
// The fenced block values CHECKER FACT OUTCOME becomes the list of the values of a fact with which the rules
// can reach an outcome. The fenced block section PATH#ID shows the text of a section of another article, without
// its heading, so that what is the same in several articles is written once; where the article is translated,
// the section must be too. It has no sections below it and no footnotes. Readers, search and programs get the
// text; lint and the record of translations count it where it is written. Other HTML is refused, except for
// comments, which are dropped; a comment
// <!-- lint: rule-id because reason --> silences a rule of lint.
//
// Links to articles and images are relative paths of files, as an editor or a code host follows them; links
// to other sites begin with https, http, mailto or tel. [text](link:ID) leads to the address that a [[link]] of
// site.toml has: an address that changes is written once.
//
// What is written reaches the page or is an error. Every row of a table has as many cells as its head. Items
// of a numbered list are shown with the numbers that they have, or all are written with that of the first.
//
// # Findings
//
// Errors: layout, toml, unknown-key, site, front-matter, encoding, too-large, raw-html, heading-id,
// heading-order (a heading of level one, or within another block), duplicate-id, alert, values, section, unsafe-link,
// broken-link, broken-anchor, asset, address-collision, redirect, theme, policy,
// table (more cells than columns, a bar in code), foreign-markup (what only other tools understand), code-fence
// (never closed), empty (an article or an
// alert without text), unshown-text (what would not reach the page), invisible (in titles and links),
// translations (a damaged file of that name).
//
// Warnings: heading-order (a skipped level), list-indent (what follows a list is indented too little),
// missing-alt, table (fewer cells than columns), invisible (elsewhere), silence (a lint comment without a
// reason), outdated-translation.
package content

import "embed"

// Files are the articles as they were when the program was built.
//
//go:embed *.toml *.svg *.png */*
var Files embed.FS
