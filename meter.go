package helpcenter

import (
	"sync"
	"sync/atomic"
	"time"
)

// A Meter says how far long work has come and where its time has gone. Work goes
// through stages, one after the other; beside them may go tasks, whose time is a
// part of theirs. It may be read while the work goes on. A nil Meter is one that
// nobody reads.
type Meter struct {
	mu     sync.Mutex
	stages []Stage
	tasks  []Stage
	done   atomic.Int64 // of the stage under way
}

// A Stage is a part of the work.
type Stage struct {
	Name  string
	Began time.Time
	Took  time.Duration // until now, for the one under way
	Done  int           // things that are done
	Total int           // things that there are to do; 0 where that says nothing
}

// Begin ends the stage under way and begins the next, in which there are so many
// things to do.
func (m *Meter) Begin(name string, total int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.end()
	m.stages = append(m.stages, Stage{Name: name, Began: time.Now(), Total: total})
	m.done.Store(0)
}

// end notes what came of the stage under way.
func (m *Meter) end() {
	if n := len(m.stages); n > 0 {
		last := &m.stages[n-1]
		last.Took, last.Done = time.Since(last.Began), int(m.done.Load())
	}
}

// Add says that things are done.
func (m *Meter) Add(n int) {
	if m != nil {
		m.done.Add(int64(n))
	}
}

// Task begins a task beside the stages, and returns what ends it. Tasks of one
// name are counted together.
func (m *Meter) Task(name string) (end func()) {
	if m == nil {
		return func() {}
	}
	began := time.Now()
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		took := time.Since(began)
		for i := range m.tasks {
			if m.tasks[i].Name == name {
				m.tasks[i].Took += took
				return
			}
		}
		m.tasks = append(m.tasks, Stage{Name: name, Began: began, Took: took})
	}
}

// Stages returns the stages so far, the last of them under way, and the tasks
// that are done.
func (m *Meter) Stages() (stages, tasks []Stage) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.end()
	return append(stages, m.stages...), append(tasks, m.tasks...)
}
