// Command journalcheck is the Go half of the journal's cross-check: what the project writes is judged by
// transparency-dev/merkle and by the note and tlog packages of golang.org/x/mod, and the other way round.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusionCase struct {
	Index    uint64   `json:"index"`
	Size     uint64   `json:"size"`
	Root     string   `json:"root"`
	LeafHash string   `json:"leafHash,omitempty"`
	Hashes   []string `json:"hashes"`
	Valid    bool     `json:"valid"`
}

type consistencyCase struct {
	From     uint64   `json:"from"`
	To       uint64   `json:"to"`
	FromRoot string   `json:"fromRoot"`
	ToRoot   string   `json:"toRoot"`
	Hashes   []string `json:"hashes"`
	Valid    bool     `json:"valid"`
}

type tileCase struct {
	Level  int    `json:"level"`
	Index  int64  `json:"index"`
	Width  int    `json:"width"`
	Path   string `json:"path"`
	Hashes string `json:"hashes"`
}

type noteCase struct {
	Note   string `json:"note"`
	Key    string `json:"key"`
	Origin string `json:"origin"`
	Size   uint64 `json:"size"`
	Root   string `json:"root"`
	Valid  bool   `json:"valid"`
}

type proofCase struct {
	Proof  string `json:"proof"`
	Leaf   string `json:"leaf"`
	Key    string `json:"key"`
	Origin string `json:"origin"`
	Index  uint64 `json:"index"`
}

type cases struct {
	Leaves      uint64            `json:"leaves"`
	EmptyRoot   string            `json:"emptyRoot"`
	Inclusion   []inclusionCase   `json:"inclusion"`
	Consistency []consistencyCase `json:"consistency"`
	Tiles       []tileCase        `json:"tiles"`
	Paths       []tileCase        `json:"paths"`
	Notes       []noteCase        `json:"notes"`
	Proofs      []proofCase       `json:"proofs"`
}

var hasher = rfc6962.DefaultHasher

func leafData(index uint64) []byte { return []byte("leaf " + strconv.FormatUint(index, 10)) }

func main() {
	if len(os.Args) != 3 {
		fatal(fmt.Errorf("usage: journalcheck check|write FILE"))
	}
	if os.Args[1] == "write" {
		write(os.Args[2])
		return
	}
	check(os.Args[2])
}

var passed, failed int

func expect(holds bool, format string, args ...any) {
	if holds {
		passed++
		return
	}
	failed++
	fmt.Printf("failed: "+format+"\n", args...)
}

func check(file string) {
	text, err := os.ReadFile(file)
	fatal(err)
	var all cases
	fatal(json.Unmarshal(text, &all))

	expect(all.EmptyRoot == hex.EncodeToString(hasher.EmptyRoot()), "root of the empty tree")
	for _, c := range all.Inclusion {
		err := proof.VerifyInclusion(hasher, c.Index, c.Size, hasher.HashLeaf(leafData(c.Index)), unhexAll(c.Hashes), unhex(c.Root))
		expect((err == nil) == c.Valid, "inclusion of %d in %d: %v", c.Index, c.Size, err)
	}
	for _, c := range all.Consistency {
		err := proof.VerifyConsistency(hasher, c.From, c.To, unhexAll(c.Hashes), unhex(c.FromRoot), unhex(c.ToRoot))
		expect((err == nil) == c.Valid, "consistency of %d and %d: %v", c.From, c.To, err)
	}
	checkTiles(all)
	for _, c := range all.Notes {
		checkNote(c)
	}
	for _, c := range all.Proofs {
		checkProof(c)
	}
	fmt.Printf("Go reads TypeScript: %d passed, %d failed\n", passed, failed)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}

// memory holds the hashes of a tree as golang.org/x/mod numbers them.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = m[index]
	}
	return out, nil
}

func checkTiles(all cases) {
	var stored memory
	for i := range all.Leaves {
		hashes, err := tlog.StoredHashes(int64(i), leafData(i), stored)
		fatal(err)
		stored = append(stored, hashes...)
	}
	for _, c := range all.Tiles {
		tile := tlog.Tile{H: 8, L: c.Level, N: c.Index, W: c.Width}
		data, err := tlog.ReadTileData(tile, stored)
		expect(err == nil && bytes.Equal(data, unhex(c.Hashes)), "tile %s: %v", c.Path, err)
		expect(tile.Path() == "tile/8/"+c.Path, "path %s, in Go %s", c.Path, tile.Path())
	}
	for _, c := range all.Paths {
		tile := tlog.Tile{H: 8, L: c.Level, N: c.Index, W: c.Width}
		expect(tile.Path() == "tile/8/"+c.Path, "path %s, in Go %s", c.Path, tile.Path())
	}
}

func openNote(text, key string) (*note.Note, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, err
	}
	return note.Open([]byte(text), note.VerifierList(verifier))
}

func checkNote(c noteCase) {
	opened, err := openNote(c.Note, c.Key)
	if !c.Valid {
		expect(err != nil, "a changed note of %d was opened", c.Size)
		return
	}
	root := base64.StdEncoding.EncodeToString(unhex(c.Root))
	expect(err == nil && strings.HasSuffix(opened.Text, fmt.Sprintf("\n%d\n%s\n", c.Size, root)), "note of %d: %v", c.Size, err)
	// The SM2 line is one of a key that Go does not know.
	expect(err == nil && len(opened.Sigs) == 1 && len(opened.UnverifiedSigs) == 1, "lines of the note of %d", c.Size)
}

// checkProof reads a C2SP tlog-proof by its specification and verifies it.
func checkProof(c proofCase) {
	head, checkpoint, _ := strings.Cut(c.Proof, "\n\n")
	lines := strings.Split(head, "\n")
	opened, err := openNote(checkpoint, c.Key)
	if err != nil || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", c.Index) {
		expect(false, "tlog-proof of %d: %v", c.Index, err)
		return
	}
	var hashes [][]byte
	for _, line := range lines[2:] {
		hashes = append(hashes, unbase64(line))
	}
	fields := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseUint(fields[1], 10, 64)
	fatal(err)
	err = proof.VerifyInclusion(hasher, c.Index, size, hasher.HashLeaf(leafData(c.Index)), hashes, unbase64(fields[2]))
	expect(err == nil, "tlog-proof of %d: %v", c.Index, err)
}

const origin = "go.example/journal"

func write(file string) {
	const size = 300
	tree := testonly.New(hasher)
	for i := range uint64(size) {
		tree.AppendData(leafData(i))
	}
	var out cases
	signingKey, verifierKey, err := note.GenerateKey(rand.Reader, origin)
	fatal(err)
	signer, err := note.NewSigner(signingKey)
	fatal(err)
	for _, n := range []uint64{1, 2, 3, 7, 8, 9, 64, 65, 255, 256, 257, size} {
		root := tree.HashAt(n)
		text := fmt.Sprintf("%s\n%d\n%s\n", origin, n, base64.StdEncoding.EncodeToString(root))
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		fatal(err)
		out.Notes = append(out.Notes, noteCase{Note: string(signed), Key: verifierKey, Origin: origin, Size: n, Valid: true})
		changed := strings.Replace(string(signed), fmt.Sprintf("\n%d\n", n), fmt.Sprintf("\n%d\n", n+1), 1)
		out.Notes = append(out.Notes, noteCase{Note: changed, Key: verifierKey, Origin: origin, Size: n})
		for index := range n {
			hashes, err := tree.InclusionProof(index, n)
			fatal(err)
			out.Inclusion = append(out.Inclusion, inclusionCase{
				Index: index, Size: n, Root: hex.EncodeToString(root), LeafHash: hex.EncodeToString(tree.LeafHash(index)), Hashes: hexAll(hashes),
			})
		}
		hashes, err := tree.InclusionProof(n/2, n)
		fatal(err)
		lines := []string{"c2sp.org/tlog-proof@v1", fmt.Sprintf("index %d", n/2)}
		for _, hash := range hashes {
			lines = append(lines, base64.StdEncoding.EncodeToString(hash))
		}
		text = strings.Join(append(lines, "", string(signed)), "\n")
		out.Proofs = append(out.Proofs, proofCase{Proof: text, Leaf: hex.EncodeToString(leafData(n / 2)), Key: verifierKey, Origin: origin, Index: n / 2})
	}
	for to := uint64(1); to <= 130; to++ {
		for from := uint64(1); from <= to; from++ {
			hashes, err := tree.ConsistencyProof(from, to)
			fatal(err)
			out.Consistency = append(out.Consistency, consistencyCase{
				From: from, To: to, FromRoot: hex.EncodeToString(tree.HashAt(from)), ToRoot: hex.EncodeToString(tree.HashAt(to)), Hashes: hexAll(hashes),
			})
		}
	}
	text, err := json.Marshal(out)
	fatal(err)
	fatal(os.WriteFile(file, text, 0o600))
}

func unhex(text string) []byte {
	out, err := hex.DecodeString(text)
	fatal(err)
	return out
}

func unhexAll(texts []string) [][]byte {
	var out [][]byte
	for _, text := range texts {
		out = append(out, unhex(text))
	}
	return out
}

func hexAll(hashes [][]byte) []string {
	var out []string
	for _, hash := range hashes {
		out = append(out, hex.EncodeToString(hash))
	}
	return out
}

func unbase64(text string) []byte {
	out, err := base64.StdEncoding.DecodeString(text)
	fatal(err)
	return out
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
