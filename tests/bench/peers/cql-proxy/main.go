// Times cql-proxy's IsQueryIdempotent beside ours: the benchmark asks for one measurement at a time, so that both run in
// turns and what slows the machine slows both.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/datastax/cql-proxy/parser"
)

// Of one statement: what the peer answers.
type answer struct {
	Idempotent bool `json:"idempotent"`
	Error      bool `json:"error"`
}

// One line of input: either all statements, or the places of those that make a group, or a group to be measured.
type request struct {
	Statements []string `json:"statements"`
	Places     []int    `json:"places"`
	Group      int      `json:"group"`
	Passes     int      `json:"passes"`
}

func main() {
	statements := []string{}
	groups := [][]string{}
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	lines := json.NewDecoder(input)
	output := json.NewEncoder(os.Stdout)
	for {
		asked := request{}
		if lines.Decode(&asked) != nil {
			return
		}
		switch {
		case asked.Statements != nil:
			statements = asked.Statements
			groups = nil
			answers := make([]answer, len(statements))
			for at, statement := range statements {
				idempotent, err := parser.IsQueryIdempotent(statement)
				answers[at] = answer{idempotent, err != nil}
			}
			_ = output.Encode(answers)
		case asked.Places != nil:
			group := make([]string, len(asked.Places))
			for at, place := range asked.Places {
				group[at] = statements[place]
			}
			groups = append(groups, group)
			_ = output.Encode(len(groups) - 1)
		default:
			_ = output.Encode(best(groups[asked.Group], asked.Passes))
		}
	}
}

// The fastest of some passes over a group, behind one that warms the caches, in nanoseconds per statement.
func best(group []string, passes int) float64 {
	idempotent := pass(group)
	fastest := time.Duration(1 << 62)
	for range passes {
		start := time.Now()
		idempotent += pass(group)
		fastest = min(fastest, time.Since(start))
	}
	if idempotent < 0 {
		fmt.Fprintln(os.Stderr, "not possible, and unknown to the compiler")
	}
	return float64(fastest.Nanoseconds()) / float64(len(group))
}

func pass(group []string) (idempotent int) {
	for _, statement := range group {
		if answer, _ := parser.IsQueryIdempotent(statement); answer {
			idempotent++
		}
	}
	return idempotent
}
