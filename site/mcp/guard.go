package mcp

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// refuse returns why a request is not answered, or "" if it is. The protocol demands both checks. They protect
// against pages of other sites that have a browser send requests: to the public service (Origin), or to one on the
// reader's computer, at which any domain name can be pointed (Host).
func (h *handler) refuse(r *http.Request) string {
	if origin := r.Header.Get("Origin"); origin != "" && !h.allows(origin, r.Host) {
		return fmt.Sprintf("pages of %.100q may not use this address", origin)
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if ok && isLoopback(local.String()) && !isAddress(r.Host) && !h.ownHost(r.Host) {
		return fmt.Sprintf("invalid Host %.100q (allowed: %s, localhost)", r.Host, h.site.Host())
	}
	return ""
}

// allows reports whether a page of an origin may send requests to a host. The origin must be that of the site or
// one that may use the API; or both origin and host must be this computer.
func (h *handler) allows(origin, host string) bool {
	if origin == h.site.Origin() || slices.Contains(h.site.Library.Site.API.Origins, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && isLoopback(u.Host) && isLoopback(host)
}

func (h *handler) ownHost(host string) bool {
	return strings.EqualFold(name(host), h.site.Host()) || isLoopback(host)
}

// name returns a host without its port.
func name(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.Trim(host, "[]")
}

// isLoopback reports whether a host, with or without a port, is this computer.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(name(host))
	return err == nil && ip.IsLoopback() || strings.EqualFold(name(host), "localhost")
}

// isAddress reports whether a host is an IP address, which cannot be pointed elsewhere as a name can.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(name(host))
	return err == nil
}
