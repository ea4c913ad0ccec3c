package ruleset

// A verdict is the table's result for one case.
type verdict struct {
	Outcome int  // -1 if no rule hits, which a published table excludes
	Hits    Bits // rules
}

// sum is what a set of cases has in common.
type sum struct {
	possible Bits // outcomes of any case
	reasons  Bits // rules that hit in all cases
}

// A Decision is what follows from some answers, over all values that the open facts may have. Its sets hold
// indexes; iterate over them with All.
type Decision struct {
	Answers  Answers
	Outcome  int  // -1 while open: completions differ
	Possible Bits // outcomes of at least one completion; a single one if decided
	Reasons  Bits // rules that hit in every completion
	Ask      int  // the fact to ask next, or -1: the first unanswered one that can still change outcome or reasons
	Deciding Bits // open facts that the outcome depends on; none if decided
	Settles  Bits // if decided: the smallest set of answered facts that settles the outcome
	Changes  []Remedy
}

// Decided reports whether all completions agree on the outcome.
func (d Decision) Decided() bool { return d.Outcome >= 0 }

// Decide returns the decision on the answers, exact over all completions.
func (r *Ruleset) Decide(a Answers) Decision {
	s := r.sum(a)
	d := Decision{Answers: a, Outcome: -1, Possible: s.possible, Reasons: s.reasons, Ask: r.ask(a)}
	if s.possible.Len() == 1 {
		d.Outcome = s.possible.first()
		d.Settles = r.settles(a, d.Outcome)
		d.Changes = r.remedies(a, d.Outcome)
	} else {
		d.Deciding = r.deciding(a)
	}
	return d
}

// sum returns what the completions of the answers have in common.
func (t *table) sum(a Answers) sum {
	s, _ := t.reach(a)
	return s
}

// reach returns the sum of the answers, and whether some completion is hit by no rule.
func (t *table) reach(a Answers) (s sum, gap bool) {
	w := borrow(t)
	defer w.giveBack()
	w.answers = a
	w.collect(t.root)
	return w.total, w.gap
}

// ask returns the first unanswered fact that can still change the decision. Unknown facts stay open whatever else
// is answered, so cases that differ only in unknown facts are judged by what they have in common.
func (t *table) ask(a Answers) int {
	id, ok := t.follow(a)
	if ok {
		return t.question(t.questions.nodes[id])
	}
	if f, ok := t.pages.facts[a]; ok {
		return f
	}
	w := borrow(t)
	defer w.giveBack()
	w.answers, w.joined, w.limit = a, true, maxAsk
	if !w.leaves(maxAsk) {
		if id = w.asked(w.restrict(t.root)); !w.full() {
			return t.question(w.nodes[id])
		}
	}
	return w.mayAsk(true).first()
}

// question returns the fact that a node asks, or -1.
func (t *table) question(n node) int {
	if int(n.fact) == len(t.classes) {
		return -1
	}
	return int(n.fact)
}

// deciding returns the open facts on which the outcome depends.
func (t *table) deciding(a Answers) Bits {
	w := borrow(t)
	defer w.giveBack()
	w.answers, w.outcomes = a, true
	if !w.leaves(maxWork) {
		if root := w.restrict(t.root); !w.full() {
			return w.asks(root)
		}
	}
	return w.mayAsk(false)
}
