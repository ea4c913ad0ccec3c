// Package content contains the articles of the help center, their images, and site.toml. This is the manual for
// those who write them; packages site/article and site/library read them.
//
// An article is a Markdown file content/<lang>/<product>/<category>/<name>.md; one about no product is
// content/<lang>/<category>/<name>.md, and a page such as "about us" is content/<lang>/<name>.md. Its path without
// language and extension, such as goto-meeting/billing/cancel-subscription, names it in every language: the same
// path in two languages is the same article, translated. It is published at /<lang>/<product>/<category>/<slug>/,
// without the parts that its path lacks; articles, search, feedback and api are addresses of other pages. Names of
// folders and files consist of lowercase ASCII letters, digits and hyphens, because addresses are made of them.
// Images and other files are beside their article, or in content/images/ if all languages share them.
//
// content/site.toml says which languages, products and categories there are, and everything else that the site
// knows besides articles. Its table [site] is how the help center presents itself; what is omitted is not shown:
//
//	[site]
//	name = "Velora"                                       # or by language; else the host of base_url
//	short = { en = "Velora help" }                        # at most 16 characters, for search in browsers
//	description = { en = "Answers about Velora." }
//	placeholder = { en = "Invoice, delivery …" }          # in the empty search box
//	footer = { en = "© Velora Ltd." }
//	edit_url = "https://host/repository/edit/main/content/{file}"   # a link "Edit this page" on each article
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
// An accent on which text could not be read (contrast below 4.5, WCAG AA) is an error that names the nearest one on
// which it can. Styles of your own go into site/assets/custom.css, which is linked last; site/templates/ may have
// head.html, brand.html, article-end.html and footer-extra.html, plain HTML for those places, or any template of
// the program (site/templates/README.md). Every src, href and url() there is checked against the policy, to which
// [csp] adds by directive: script, style, img, font, media, connect, frame, form, manifest.
//
// Files in static/ beside content/ are published as they are (CNAME, .well-known/, robots.txt), except for what
// editors and systems leave behind. content/redirects.toml keeps addresses of an earlier site working. Where they
// lead is checked, including the section, and no two things may have the same address:
//
//	[[redirect]]
//	from = "/hc/en-us/articles/36003-Old-Name"            # any path, capitals and .html too
//	to = "/en/velora/start/returns/#time"                 # or https://…
//
// Other sites cannot use the API or show a checker unless their origins are listed: scheme and host, as browsers
// send them.
//
//	[api]
//	origins = ["https://app.example"]                     # their scripts may ask the API: CORS, without cookies
//	[embed]
//	ancestors = ["https://app.example"]                   # they may show a checker in a frame
//
// Such a site shows a checker where its page has an element of /embed.js, which grows with its content:
//
//	<script src="https://help.example.com/embed.js" async></script>
//	<help-checker checker="cancel-online" lang="it"></help-checker>
//
// Without lang, the language is that of the text around the element. What the element contains, or otherwise a link
// to the checker, is shown until the frame is ready, and remains if the frame is refused. When there is an answer,
// the element gets an event "decided", whose detail is { checker, outcome, url }:
//
//	document.addEventListener('decided', e => console.log(e.detail.outcome))
//
// content/translations.<lang>.toml contains the source texts that translations were made from; helpcenter
// translations accept writes it.
//
// The following are ignored: Go files, content/README.md, the schemas for editors, content/*.schema.json, and in
// all folders what editors and systems leave behind: names that begin with a dot or end with ~, .orig, .rej, .bak,
// .tmp, .swp, #...#, 4913, ___jb_tmp___ and ___jb_old___, Thumbs.db, ehthumbs.db, desktop.ini.
//
// # An article
//
// Front matter is in TOML between two +++ lines, or in YAML between two --- lines; Markdown follows:
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
// A draft is checked but not published; serve --watch and build --drafts show it, marked. The same applies to an
// article before its day of publish and from its day of expires on, in the time zone of site.toml: links to it are
// broken links, and the service shows and hides it at the first moment of the day. A built site does not change by
// itself; build says when to build again. Lint says a week in advance that an article expires, and what a build on
// that day, or on a day of publication, would refuse.
//
// Markdown is CommonMark with GitHub's tables, task lists, ~~struck text~~, bare addresses and alerts (note, tip,
// important, warning, caution, and example), footnotes ([^name] and a line [^name]: text), definition lists (a
// term, and below it a line that begins with a colon), and the tags <br>, <kbd>, <sub>, <sup>, <mark> and
// <details><summary>Title</summary>, an empty line, Markdown, an empty line, </details>. Tags have no attributes. A
// paragraph ![Caption](clip.mp4) is a video, MP4 or WebM. Any other syntax that other tools support is an error
// that says what to write instead; behind a backslash and in code it is text.
//
// A heading's id follows it as {#id} and is the same in all languages; without one, it is made from the title.
// Headings begin at level two, because the title is the first, and cannot be in lists and quotations. A paragraph
// that consists of one image becomes a figure, with the image's title as its caption.
//
// The fenced block values CHECKER FACT OUTCOME becomes the list of the values of a fact with which the rules can
// reach an outcome. The fenced block section PATH#ID shows the text of a section of another article, without its
// heading, so that what is the same in several articles is written only once; where the article is translated, the
// section must be too. The section must not have sections below it or footnotes. Readers, search and programs get
// the text; lint and the record of translations count it where it is written. Other HTML is refused, except for
// comments, which are dropped; a comment <!-- lint: rule-id because reason --> silences a rule of lint.
//
// Links to articles and images are relative paths of files, as an editor or a code host follows them; links to
// other sites begin with https, http, mailto or tel. [text](link:ID) leads to the address of a [[link]] in
// site.toml, so that an address that may change is written only once.
//
// Everything written reaches the page or is an error. Every row of a table has as many cells as its head. Items of
// a numbered list are shown with the numbers that they have, or all are written with the number of the first.
//
// # Findings
//
// Errors: layout, toml, unknown-key, site, front-matter, encoding, too-large, raw-html, heading-id, heading-order
// (a heading of level one, or within another block), duplicate-id, alert, values, section, unsafe-link,
// broken-link, broken-anchor, asset, address-collision, redirect, theme, policy, table (more cells than columns, a
// bar in code), foreign-markup (syntax of other tools), code-fence (never closed), empty (an article or an alert
// without text), unshown-text (what would not reach the page), invisible (in titles and links), translations (a
// damaged file of that name).
//
// Warnings: heading-order (a skipped level), list-indent (too little indentation after a list), missing-alt, table
// (fewer cells than columns), invisible (elsewhere), silence (a lint comment without a reason),
// outdated-translation.
package content

import "embed"

// Files contains the articles as they were when the program was built.
//
//go:embed *.toml *.svg *.png */*
var Files embed.FS
