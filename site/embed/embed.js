(() => {
  const checkers = {}
  const base = new URL('.', document.currentScript.src)

  // A checker of the help center in a frame, which is as high as its content. Until it
  // loads, and if it is refused, the element shows its own content or a link.
  class HelpChecker extends HTMLElement {
    static observedAttributes = ['checker', 'lang']

    connectedCallback() {
      addEventListener('message', this)
      this.show()
    }

    disconnectedCallback() { removeEventListener('message', this) }

    attributeChangedCallback(name, before, now) {
      if (this.isConnected && before !== now) this.show()
    }

    show() {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
      const link = document.createElement('a')
      this.slotted = document.createElement('slot')
      this.slotted.append(link)
      this.style.display ||= 'block'
      root.replaceChildren(this.slotted)
      this.frame = null
      this.seen = false
      link.href = base
      link.textContent = base.host

      const allowed = (name, value, list) => {
        if (list.includes(value)) return true
        console.error(`help-checker: invalid value "${value}" of ${name} (allowed: ${list.join(', ')})`)
      }
      const id = this.getAttribute('checker')
      if (!allowed('checker', id, Object.keys(checkers))) return
      const titles = checkers[id], tags = Object.keys(titles)
      const match = tag => tags.find(t => t === tag) ?? tags.find(t => t === tag?.split('-')[0])
      const tag = match(this.lang) ?? (this.lang ? undefined : match(this.closest('[lang]')?.lang) ?? tags[0])
      const address = new URL(`${tag ?? tags[0]}/${id}/`, base)
      link.href = address
      link.textContent = titles[tag ?? tags[0]]
      if (!tag) return allowed('lang', this.lang, tags)

      this.frame = document.createElement('iframe')
      Object.assign(this.frame, { src: address, title: link.textContent, allow: 'clipboard-write' })
      Object.assign(this.frame.style, { display: 'block', width: '100%', height: 0, border: 0, visibility: 'hidden' })
      root.append(this.frame)
    }

    // Each page in the frame announces itself and gets an answer, which tells it where it
    // may send more.
    handleEvent({ source, origin, data }) {
      if (!this.frame || source !== this.frame.contentWindow || origin !== base.origin) return
      if (data === 'help-checker') {
        source.postMessage(data, origin)
        if (this.seen && this.getBoundingClientRect().top < 0) this.scrollIntoView()
        this.seen = true
      }
      if (data.height > 0) {
        this.slotted.style.display = 'none'
        Object.assign(this.frame.style, { height: Math.ceil(data.height) + 'px', visibility: '' })
      }
      if (data.decided) this.dispatchEvent(new CustomEvent('decided', { bubbles: true, detail: data.decided }))
    }
  }

  if (!customElements.get('help-checker')) customElements.define('help-checker', HelpChecker)
})()
