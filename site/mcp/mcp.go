// Package mcp offers a site to assistants by the Model Context Protocol. Its tools are closed questions to the API:
// their schemas list what may be given, and their answers quote the site, with addresses, days and the version of
// the rules.
//
//	server.Options{Mount: map[string]server.Mount{"mcp": mcp.Mount(version)}}
//
// The tools are search, read, questions, decide and explain (tools.go). Each call is one request to the API,
// answered in this process (call.go). Tools read nothing else and change nothing. Their schemas are made from the
// API's description (schema.go).
//
// Nothing is made before the first request. Each request is independent: there are no sessions and no streams. A
// request costs no more than others to the service: a body has at most [maxBody] bytes and one message, which can
// ask only for what the tools do. A request that a browser sends for a page of another site is refused (guard.go),
// unless site.toml lists the origin of that site for the API.
package mcp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"helpcenter/site"
	"helpcenter/site/api"
)

// maxBody is the size limit of a request body, in bytes. Answers to all facts of a checker take a few hundred.
const maxBody = 16 << 10

// Mount returns a function that makes the handler of a site from its API. Version is the version of the program.
func Mount(version string) func(s *site.Site, answers http.Handler) http.Handler {
	return func(s *site.Site, answers http.Handler) http.Handler {
		h := &handler{site: s, api: answers}
		h.serve = sync.OnceValue(func() http.Handler { return h.start(version) })
		post := api.Only(h.answer, http.MethodPost)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !api.AllowOrigin(s, w, r, requestHeaders) {
				post(w, r)
			}
		})
	}
}

// requestHeaders are the headers of the protocol for which browsers ask permission.
const requestHeaders = "Content-Type, Mcp-Method, Mcp-Name, Mcp-Protocol-Version"

// A handler answers for one site.
type handler struct {
	site  *site.Site
	api   http.Handler
	serve func() http.Handler // returns the protocol's handler, made at the first call
}

func (h *handler) answer(w http.ResponseWriter, r *http.Request) {
	if detail := h.refuse(r); detail != "" {
		api.AnswerProblem(w, http.StatusForbidden, detail)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	_, tooLarge := errors.AsType[*http.MaxBytesError](err)
	switch {
	case tooLarge:
		api.AnswerProblem(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a message has at most %d bytes", maxBody))
		return
	case err != nil:
		api.AnswerProblem(w, http.StatusBadRequest, "the body ended before it was complete")
		return
	case bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")):
		api.AnswerProblem(w, http.StatusBadRequest, "send one message, not an array of messages")
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	if r.Header["Accept"] == nil {
		r.Header.Set("Accept", "*/*") // no header means the same, but the protocol's handler requires one
	}
	var caught failure
	h.serve().ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), failureKey{}, &caught)))
	if defect := caught.Load(); defect != nil {
		panic(*defect)
	}
}

// start makes the protocol's handler.
func (h *handler) start(version string) http.Handler {
	d := h.describe()
	server := sdk.NewServer(
		&sdk.Implementation{Name: "helpcenter", Title: d.Info.Title, Version: version, WebsiteURL: h.site.Absolute("")},
		&sdk.ServerOptions{
			Instructions: fmt.Sprintf(instructions, d.Info.Title, h.site.Origin()),
			Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}},
		})
	server.AddReceivingMiddleware(onlyTools)
	for _, t := range h.tools(d) {
		server.AddTool(t.described(), h.handle(t))
	}
	return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: maxBody, PropagateRequestCancellation: true,
		DisableLocalhostProtection: true, // refuse also allows the site's own name, which proxies send
	})
}

const instructions = `These are the tools of the help center "%s". Do not guess the answer to a case from prose: ` +
	`ask the tool decide, with the facts that are known. "unknown" is an answer too. ` +
	`Cite the addresses that come with each answer. Those that begin with a slash are below %s.`

// onlyTools refuses methods unrelated to tools, some of which would keep a request open.
func onlyTools(next sdk.MethodHandler) sdk.MethodHandler {
	return func(ctx context.Context, method string, r sdk.Request) (sdk.Result, error) {
		switch method {
		case "initialize", "ping", "tools/list", "tools/call", "server/discover":
		default:
			if !strings.HasPrefix(method, "notifications/") {
				return nil, &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: "this server has tools only"}
			}
		}
		return next(ctx, method, r)
	}
}

// A failure holds the panic of a tool. The protocol calls tools in goroutines of its own, where a panic would end
// the program.
type failure = atomic.Pointer[any]

type failureKey struct{}

// handle answers calls of a tool. It passes a panic on to the goroutine of the request, where the surrounding
// server logs it.
func (h *handler) handle(t tool) sdk.ToolHandler {
	return func(ctx context.Context, r *sdk.CallToolRequest) (result *sdk.CallToolResult, err error) {
		defer func() {
			if defect := recover(); defect != nil {
				if f, ok := ctx.Value(failureKey{}).(*failure); ok {
					f.Store(&defect)
				}
				err = &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "internal error; it has been logged"}
			}
		}()
		return h.call(ctx, t, r)
	}
}
