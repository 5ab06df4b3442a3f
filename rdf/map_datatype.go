package rdf

// MuBoolean is the datatype that mu.semte.ch services, Themis's among them,
// write for booleans, with the lexical forms of xsd:boolean.
var MuBoolean = MustIRI("http://mu.semte.ch/vocabularies/typed-literals/boolean")

const xsdPrefix = "http://www.w3.org/2001/XMLSchema#"

var (
	dtBase64          = MustIRI(xsdPrefix + "base64Binary")
	dtHex             = MustIRI(xsdPrefix + "hexBinary")
	dtFloat           = MustIRI(xsdPrefix + "float")
	dtGYear           = MustIRI(xsdPrefix + "gYear")
	dtGYearMonth      = MustIRI(xsdPrefix + "gYearMonth")
	dtDayTimeDuration = MustIRI(xsdPrefix + "dayTimeDuration")
)

// The datatypes whose values a Go type stands for, asked for in strict mode.
// The maps are never written.
var (
	textDatatypes     = datatypes("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "anyURI")
	boolDatatypes     = datatypes("boolean")
	integerDatatypes  = datatypes(integerNames...)
	numberDatatypes   = datatypes(append([]string{"decimal", "double", "float"}, integerNames...)...)
	decimalDatatypes  = datatypes(append([]string{"decimal"}, integerNames...)...)
	timeDatatypes     = datatypes("dateTime", "dateTimeStamp", "date", "gYearMonth", "gYear")
	durationDatatypes = datatypes("duration", "dayTimeDuration")
	bytesDatatypes    = datatypes("base64Binary", "hexBinary")
)

var integerNames = []string{
	"integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger",
	"long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
}

func datatypes(names ...string) map[IRI]bool {
	set := make(map[IRI]bool, len(names)+1)
	for _, name := range names {
		set[MustIRI(xsdPrefix+name)] = true
		switch name {
		case "string":
			set[RDFLangString] = true
		case "boolean":
			set[MuBoolean] = true
		}
	}
	return set
}
