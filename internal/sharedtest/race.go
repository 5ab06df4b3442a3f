//go:build race

package sharedtest

// Race tells whether the race detector is on. What it makes too slow to wait
// for, and what it cannot see into, is tested without it.
const Race = true
