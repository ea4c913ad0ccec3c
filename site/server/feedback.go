package server

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"

	"helpcenter/site"
	"helpcenter/site/api"
	"helpcenter/site/feedback"
)

// maxFeedback is the size limit of the body that the feedback form sends, in bytes. The address of its page may
// have a query.
const maxFeedback = 16 << 10

// formType is the media type of submitted forms.
const formType = "application/x-www-form-urlencoded"

// feedback counts what the form of a page in a language sends, and redirects to the page, which then says thanks.
func (h *handler) feedback(lang string) http.HandlerFunc {
	return api.Only(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		if origin := r.Header.Get("Origin"); origin != "" && !h.sends(origin, r.Host) {
			refuseFeedback(w, http.StatusForbidden, "pages of %.100q may not use this address", origin)
			return
		}
		if sent, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); sent != formType {
			refuseFeedback(w, http.StatusUnsupportedMediaType, "invalid Content-Type %.100q (allowed: %s)", sent, formType)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxFeedback)
		err := r.ParseForm()
		if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
			refuseFeedback(w, http.StatusRequestEntityTooLarge, "the body has more than %d bytes", maxFeedback)
			return
		}
		f, ok := site.ReadFeedback(h.site, lang, r.PostForm, h.site.Day(h.Now()))
		if !ok {
			refuseFeedback(w, http.StatusBadRequest, "this is not the answer of a page of this site to whether it helped")
			return
		}
		h.Feedback.Vote(feedback.Vote{Lang: lang, Page: f.Page, Section: f.Section, Answer: f.Answer})
		h.metrics.feedback.WithLabelValues(f.Answer).Inc()
		w.Header().Set("Location", f.Back+"#"+site.FeedbackThanks)
		w.WriteHeader(http.StatusSeeOther)
	}, http.MethodPost)
}

func refuseFeedback(w http.ResponseWriter, status int, format string, args ...any) {
	http.Error(w, fmt.Sprintf(format, args...), status)
}

// sends reports whether pages of an origin may send the form to a host: those of the site and those of that host
// may.
func (h *handler) sends(origin, host string) bool {
	u, err := url.Parse(origin)
	return origin == h.site.Origin() || err == nil && u.Host == host
}

// missed returns the function that is told of searches in a language, or nil if nothing counts them.
func (h *handler) missed(lang string) func(text string, partly bool) {
	if h.Feedback == nil {
		return nil
	}
	return func(text string, partly bool) { h.Feedback.Search(lang, text, partly) }
}
