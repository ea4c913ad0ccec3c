package site

import (
	"net"
	"sync"
)

// A gatheringListener accepts connections that gather what is written to them.
type gatheringListener struct{ net.Listener }

func (l gatheringListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &gatheringConn{Conn: c}, nil
}

// A gatheringConn sends an answer in one piece. net/http writes through a buffer
// of four kilobytes, so that most pages would take two writes, and a write costs
// as much as all else that is done for a page. What is written here goes out when
// there is much of it, and when the server turns to reading or to the end: who
// has answered a request does one of the two.
type gatheringConn struct {
	net.Conn
	mu   sync.Mutex
	held *[]byte // nil where nothing waits
	err  error   // of the first write that failed; none follows it
}

// gatherLimit is how much waits at most: more than a compressed page has.
const gatherLimit = 32 << 10

var gathered = sync.Pool{New: func() any { return new(make([]byte, 0, gatherLimit)) }}

func (c *gatheringConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return 0, c.err
	}
	if c.held == nil {
		c.held = gathered.Get().(*[]byte)
	}
	if len(*c.held)+len(p) <= gatherLimit {
		*c.held = append(*c.held, p...)
		return len(p), nil
	}
	if err := c.send(); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(p)
	c.err = err
	return n, err
}

// send sends what waits. It is called with the lock held.
func (c *gatheringConn) send() error {
	if c.held == nil || c.err != nil {
		return c.err
	}
	_, c.err = c.Conn.Write(*c.held)
	*c.held = (*c.held)[:0]
	gathered.Put(c.held)
	c.held = nil
	return c.err
}

func (c *gatheringConn) flush() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.send()
}

func (c *gatheringConn) Read(p []byte) (int, error) {
	if err := c.flush(); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *gatheringConn) Close() error {
	c.flush()
	return c.Conn.Close()
}

// CloseWrite tells the client that nothing follows, and leaves it to read.
func (c *gatheringConn) CloseWrite() error {
	c.flush()
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
