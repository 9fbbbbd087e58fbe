module journalcheck

go 1.26.0

require (
	github.com/transparency-dev/merkle v0.0.3-0.20260707140218-77df88e508fa
	golang.org/x/mod v0.43.0
)
