// The module emmansun/gmsm judges the whole CMS of each SM2 PDF, the certificate path and the CRLs.
//
//	gmsmcheck TRUST FILE...
package main

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/smx509"
	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

var byteRange = regexp.MustCompile(`/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]`)

var passed, failed int

func check(name string, err error) {
	if err == nil {
		passed++
		fmt.Println("ok     ", name)
	} else {
		failed++
		fmt.Printf("FAILED  %s: %v\n", name, err)
	}
}

// refused turns an error into a pass.
func refused(err error) error {
	if err == nil {
		return errors.New("accepted")
	}
	return nil
}

type seal struct {
	covered      []byte
	certificates []*smx509.Certificate
	signer       *smx509.Certificate
	// The SET OF that was signed (RFC 5652 5.4), and of it the message digest.
	attributes []byte
	digest     []byte
	signature  []byte
}

func open(file []byte) (*seal, error) {
	found := byteRange.FindAllSubmatch(file, -1)
	if len(found) != 1 {
		return nil, fmt.Errorf("%d ByteRanges", len(found))
	}
	var at [3]int
	for i := range at {
		at[i], _ = strconv.Atoi(string(found[0][i+1]))
	}
	start, end := at[0], at[1]
	if end+at[2] != len(file) || file[start] != '<' || file[end-1] != '>' {
		return nil, errors.New("the seal does not cover all but its own value")
	}
	padded, err := hex.DecodeString(string(file[start+1 : end-1]))
	if err != nil {
		return nil, err
	}
	s := &seal{covered: append(bytes.Clone(file[:start]), file[end:]...)}
	return s, s.read(padded)
}

// read takes the SignedData apart element by element. The package pkcs7 of gmsm cannot: it reads attribute types with
// encoding/asn1, which refuses arcs of more than 31 bits, and ours are under 2.25 and a UUID of 128.
func (s *seal) read(padded []byte) error {
	input := cryptobyte.String(padded)
	var contentInfo, content, signedData, digests, inner, sealed, signers, info cryptobyte.String
	var contentType, innerType asn1.ObjectIdentifier
	var version int
	good := input.ReadASN1(&contentInfo, tag.SEQUENCE) && len(bytes.Trim(input, "\x00")) == 0 &&
		contentInfo.ReadASN1ObjectIdentifier(&contentType) && contentType.Equal(signedDataType) &&
		contentInfo.ReadASN1(&content, explicit0) && contentInfo.Empty() &&
		content.ReadASN1(&signedData, tag.SEQUENCE) && content.Empty() &&
		signedData.ReadASN1Integer(&version) && version == 1 &&
		signedData.ReadASN1(&digests, tag.SET) &&
		signedData.ReadASN1(&inner, tag.SEQUENCE) &&
		inner.ReadASN1ObjectIdentifier(&innerType) && innerType.Equal(dataType) && inner.Empty() &&
		signedData.ReadASN1(&sealed, explicit0) &&
		signedData.ReadASN1(&signers, tag.SET) && signedData.Empty() &&
		signers.ReadASN1(&info, tag.SEQUENCE) && signers.Empty()
	if !good {
		return errors.New("not a detached SignedData with one signer")
	}
	for !sealed.Empty() {
		var one cryptobyte.String
		if !sealed.ReadASN1Element(&one, tag.SEQUENCE) {
			return errors.New("certificates")
		}
		certificate, err := smx509.ParseCertificate(one)
		if err != nil {
			return err
		}
		s.certificates = append(s.certificates, certificate)
	}
	return s.readSigner(info)
}

func (s *seal) readSigner(info cryptobyte.String) error {
	var version int
	var sid, issuer, digestAlgorithm, signed, signatureAlgorithm cryptobyte.String
	var digestType, signatureType asn1.ObjectIdentifier
	serial := new(big.Int)
	good := info.ReadASN1Integer(&version) && version == 1 &&
		info.ReadASN1(&sid, tag.SEQUENCE) && sid.ReadASN1Element(&issuer, tag.SEQUENCE) &&
		sid.ReadASN1Integer(serial) && sid.Empty() &&
		info.ReadASN1(&digestAlgorithm, tag.SEQUENCE) && digestAlgorithm.ReadASN1ObjectIdentifier(&digestType) &&
		info.ReadASN1Element(&signed, explicit0) &&
		info.ReadASN1(&signatureAlgorithm, tag.SEQUENCE) && signatureAlgorithm.ReadASN1ObjectIdentifier(&signatureType) &&
		info.ReadASN1Bytes(&s.signature, tag.OCTET_STRING) && info.Empty()
	if !good || !digestType.Equal(sm3Type) || !signatureType.Equal(sm2WithSM3Type) {
		return errors.New("not a signer with SM2 and SM3")
	}
	for _, one := range s.certificates {
		if bytes.Equal(one.RawIssuer, issuer) && one.SerialNumber.Cmp(serial) == 0 {
			s.signer = one
		}
	}
	if s.signer == nil {
		return errors.New("the signer's certificate is not in the CMS")
	}
	s.attributes = bytes.Clone(signed)
	s.attributes[0] = 0x31

	var attributes cryptobyte.String
	signed.ReadASN1(&attributes, explicit0)
	digests := 0
	for !attributes.Empty() {
		var attribute, values, kind cryptobyte.String
		if !attributes.ReadASN1(&attribute, tag.SEQUENCE) || !attribute.ReadASN1Element(&kind, tag.OBJECT_IDENTIFIER) ||
			!attribute.ReadASN1(&values, tag.SET) || !attribute.Empty() {
			return errors.New("attributes")
		}
		if bytes.Equal(kind, messageDigestType) {
			digests++
			if !values.ReadASN1Bytes(&s.digest, tag.OCTET_STRING) || !values.Empty() {
				return errors.New("message digest")
			}
		}
	}
	if digests != 1 {
		return fmt.Errorf("%d message digests", digests)
	}
	return nil
}

var (
	explicit0         = tag.Tag(0).ContextSpecific().Constructed()
	signedDataType    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	dataType          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	sm3Type           = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}
	sm2WithSM3Type    = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}
	messageDigestType = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04}
)

func (s *seal) verify(content, attributes, signature []byte) error {
	if digest := sm3.Sum(content); !bytes.Equal(digest[:], s.digest) {
		return errors.New("digest differs")
	}
	return s.signer.CheckSignature(smx509.SM2WithSM3, attributes, signature)
}

func (s *seal) path(root *smx509.Certificate) error {
	_, err := s.signer.Verify(smx509.VerifyOptions{
		Roots:         pool(root),
		Intermediates: pool(s.certificates...),
		KeyUsages:     []smx509.ExtKeyUsage{smx509.ExtKeyUsageAny},
	})
	return err
}

func pool(certificates ...*smx509.Certificate) *smx509.CertPool {
	made := smx509.NewCertPool()
	for _, one := range certificates {
		made.AddCert(one)
	}
	return made
}

func changed(data []byte, at int) []byte {
	copied := bytes.Clone(data)
	copied[at] ^= 1
	return copied
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(70)
	}
	return data
}

func certificate(parts ...string) *smx509.Certificate {
	block, _ := pem.Decode(read(parts...))
	one, err := smx509.ParseCertificate(block.Bytes)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(70)
	}
	return one
}

// notOn passes when a CRL in force, signed by this issuer, does not list the number.
func notOn(list []byte, issuer *smx509.Certificate, number *big.Int) error {
	parsed, err := smx509.ParseRevocationList(list)
	if err != nil {
		return err
	}
	if err := parsed.CheckSignatureFrom(issuer); err != nil {
		return err
	}
	if now := time.Now(); now.Before(parsed.ThisUpdate) || now.After(parsed.NextUpdate) {
		return errors.New("not in force")
	}
	for _, entry := range parsed.RevokedCertificateEntries {
		if entry.SerialNumber.Cmp(number) == 0 {
			return errors.New("revoked")
		}
	}
	return nil
}

func main() {
	trust := os.Args[1]
	root := certificate(trust, "anchors", "sm2-root.cer")
	other := certificate(trust, "anchors", "ecdsa-root.cer")
	issuing := certificate(trust, "intermediates", "sm2-issuing.cer")
	rootList := read(trust, "crls", "sm2-root.crl")
	issuingList := read(trust, "crls", "sm2-issuing.crl")
	check("gmsm, SM2: CRL of the root, the authority not on it", notOn(rootList, root, issuing.SerialNumber))
	check("gmsm, SM2: CRL changed", refused(notOn(changed(rootList, len(rootList)-1), root, issuing.SerialNumber)))
	check("gmsm, SM2: CRL of another issuer", refused(notOn(rootList, issuing, issuing.SerialNumber)))

	for _, path := range os.Args[2:] {
		name := "gmsm, " + filepath.Base(path)
		s, err := open(read(path))
		if err != nil {
			check(name, err)
			continue
		}
		check(name+": CMS over the covered bytes", s.verify(s.covered, s.attributes, s.signature))
		check(name+": path to the root", s.path(root))
		check(name+": not revoked", notOn(issuingList, issuing, s.signer.SerialNumber))
		check(name+": a byte changed", refused(s.verify(changed(s.covered, len(s.covered)/3), s.attributes, s.signature)))
		check(name+": an attribute changed", refused(s.verify(s.covered, changed(s.attributes, len(s.attributes)/2), s.signature)))
		check(name+": the signature changed", refused(s.verify(s.covered, s.attributes, changed(s.signature, len(s.signature)-1))))
		check(name+": another root", refused(s.path(other)))
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}
