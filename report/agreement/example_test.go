package agreement_test

import (
	"fmt"
	"strings"

	"github.com/themis-go/themis/report/agreement"
)

func ExampleRead() {
	text := `# Regeerakkoord

## 4 Wonen

### 4.1 Huren

We verhogen de huur-
premie voor gezinnen.

### 4.2 Kopen

We verlagen de verkooprechten.
`
	agr, err := agreement.Read(strings.NewReader(text), agreement.Markdown)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range agr.Sections {
		fmt.Println(strings.Join(s.Path, " › ")+":", s.Text)
	}
	// Output:
	// 4 Wonen › 4.1 Huren: We verhogen de huurpremie voor gezinnen.
	// 4 Wonen › 4.2 Kopen: We verlagen de verkooprechten.
}

func ExampleAgreement_Section() {
	agr := agreement.Sample()
	s, err := agr.Section("preventie radicalisering")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Heading())
	_, err = agr.Section("Defensie")
	fmt.Println(err)
	// Output:
	// 2.2.9 Preventie van radicalisering
	// no section "Defensie" in the agreement: give its number, words of its title, or its key
}
