package helpcenter

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestMeter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := new(Meter)
		m.Begin("read", 3)
		m.Add(2)
		time.Sleep(time.Second)
		m.Begin("write", 0)
		for range 2 {
			end := m.Task("index")
			time.Sleep(time.Second)
			end()
		}
		m.Add(1)
		stages, tasks := m.Stages()
		if len(stages) != 2 || len(tasks) != 1 {
			t.Fatalf("stages %v, tasks %v", stages, tasks)
		}
		if s := stages[0]; s.Name != "read" || s.Took != time.Second || s.Done != 2 || s.Total != 3 {
			t.Errorf("read: %+v", s)
		}
		if s := stages[1]; s.Name != "write" || s.Took != 2*time.Second || s.Done != 1 || s.Total != 0 {
			t.Errorf("write: %+v", s)
		}
		if s := tasks[0]; s.Name != "index" || s.Took != 2*time.Second {
			t.Errorf("index: %+v", s)
		}
	})
}

func TestNoMeter(t *testing.T) {
	var m *Meter
	m.Begin("read", 1)
	m.Add(1)
	m.Task("index")()
}
