package api

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"datacharter/domain/refusal"
)

// huma words what is wrong with a request's form in English and repeats what was sent, through variables of its package. Here they are
// made to say a code and a parameter instead, such as "too-long max=200", which fieldOf takes apart again. huma reads most of them when
// a route is registered, and one program has one API, so they are set once and for all.
var teachHuma = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return new(call).problemOfForm(status, message, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, errs ...error) huma.StatusError {
		return callOf(ctx.Context()).problemOfForm(status, message, errs)
	}
	for message, code := range map[*string]string{
		&validation.MsgUnexpectedProperty:                 refusal.UnknownField.Name,
		&validation.MsgExpectedRequiredProperty:           refusal.Required.Name + " name=%s",
		&validation.MsgExpectedDependentRequiredProperty:  refusal.Required.Name + " name=%s%.0s",
		&validation.MsgExpectedPropertyNameInObject:       refusal.Malformed.Name,
		&validation.MsgExpectedRFC3339Date:                refusal.NotADate.Name,
		&validation.MsgExpectedRFC3339DateTime:            refusal.NotATime.Name,
		&validation.MsgExpectedRFC1123DateTime:            refusal.NotATime.Name,
		&validation.MsgExpectedRFC3339Time:                refusal.NotATime.Name,
		&validation.MsgExpectedRFC5322Email:               refusal.Malformed.Name + " because=%v",
		&validation.MsgExpectedRFC5322EmailBare:           refusal.Malformed.Name,
		&validation.MsgExpectedRFC5890Hostname:            refusal.Malformed.Name,
		&validation.MsgExpectedRFC2673IPv4:                refusal.Malformed.Name,
		&validation.MsgExpectedRFC2373IPv6:                refusal.Malformed.Name,
		&validation.MsgExpectedRFCIPAddr:                  refusal.Malformed.Name,
		&validation.MsgExpectedRFC3986URI:                 refusal.Malformed.Name + " because=%v",
		&validation.MsgExpectedRFC3986AbsoluteURI:         refusal.Malformed.Name,
		&validation.MsgExpectedRFC4122UUID:                refusal.Malformed.Name + " because=%v",
		&validation.MsgExpectedRFC6570URITemplate:         refusal.Malformed.Name,
		&validation.MsgExpectedRFC6901JSONPointer:         refusal.Malformed.Name,
		&validation.MsgExpectedRFC6901RelativeJSONPointer: refusal.Malformed.Name,
		&validation.MsgExpectedRegexp:                     refusal.Malformed.Name + " because=%v",
		&validation.MsgExpectedDuration:                   refusal.Malformed.Name + " because=%v",
		&validation.MsgExpectedMatchAtLeastOneSchema:      refusal.Malformed.Name,
		&validation.MsgExpectedMatchExactlyOneSchema:      refusal.Malformed.Name,
		&validation.MsgExpectedNotMatchSchema:             refusal.Malformed.Name,
		&validation.MsgExpectedBase64String:               refusal.Malformed.Name,
		&validation.MsgExpectedConst:                      refusal.NotAChoice.Name + " choices=%v",
		&validation.MsgExpectedOneOf:                      refusal.NotAChoice.Name + " choices=%s",
		&validation.MsgExpectedBePattern:                  refusal.Malformed.Name + " pattern=%s",
		&validation.MsgExpectedMatchPattern:               refusal.Malformed.Name + " pattern=%s",
		&validation.MsgExpectedNumberBeMultipleOf:         refusal.Malformed.Name + " of=%v",
		&validation.MsgExpectedBoolean:                    refusal.WrongType.Name + " type=boolean",
		&validation.MsgExpectedNumber:                     refusal.WrongType.Name + " type=number",
		&validation.MsgExpectedInteger:                    refusal.WrongType.Name + " type=integer",
		&validation.MsgExpectedString:                     refusal.WrongType.Name + " type=string",
		&validation.MsgExpectedArray:                      refusal.WrongType.Name + " type=array",
		&validation.MsgExpectedObject:                     refusal.WrongType.Name + " type=object",
		&validation.MsgExpectedArrayItemsUnique:           refusal.Repeated.Name,
		&validation.MsgExpectedMinimumNumber:              refusal.TooSmall.Name + " min=%v",
		&validation.MsgExpectedExclusiveMinimumNumber:     refusal.TooSmall.Name + " min=%v",
		&validation.MsgExpectedMaximumNumber:              refusal.TooLarge.Name + " max=%v",
		&validation.MsgExpectedExclusiveMaximumNumber:     refusal.TooLarge.Name + " max=%v",
		&validation.MsgExpectedMinLength:                  refusal.TooShort.Name + " min=%d",
		&validation.MsgExpectedMaxLength:                  refusal.TooLong.Name + " max=%d",
		&validation.MsgExpectedMinItems:                   refusal.TooFew.Name + " min=%d",
		&validation.MsgExpectedMaxItems:                   refusal.TooMany.Name + " max=%d",
		&validation.MsgExpectedMinProperties:              refusal.TooFew.Name + " min=%d",
		&validation.MsgExpectedMaxProperties:              refusal.TooMany.Name + " max=%d",
	} {
		*message = code
	}
})

// problemOfForm puts an error that huma found, or that a handler returned, into this API's form.
func (c *call) problemOfForm(status int, message string, errs []error) *Problem {
	switch {
	case message == "unexpected error occurred" && len(errs) == 1:
		return c.problemOf(errs[0])
	case message == "request body is required":
		return c.problem(refusal.InvalidFields([]refusal.Field{refusal.Required.At("")}), "")
	case message == "cannot read request body":
		return c.problem(refusal.BadRequest.With(), "")
	case status == http.StatusUnprocessableEntity:
		return c.problem(refusal.InvalidFields(fieldsOf(errs)), "")
	case status == http.StatusBadRequest:
		return c.problem(refusal.BadJSON.With(), "")
	case status == http.StatusRequestTimeout:
		return c.problem(refusal.RequestTimeout.With(), "")
	case status == http.StatusRequestEntityTooLarge:
		return c.problem(refusal.BodyTooLarge.With(), "")
	case status == http.StatusUnsupportedMediaType:
		return c.problem(refusal.UnsupportedMediaType.With(), "")
	default:
		c.fault = errors.New(message)
		return c.problem(refusal.InternalError.With(), "")
	}
}

// maxFaults bounds the fields that one answer lists.
const maxFaults = 100

func fieldsOf(errs []error) []refusal.Field {
	var fields []refusal.Field
	for _, err := range errs {
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			fields = append(fields, fieldOf(detail.Location, detail.Message))
		}
	}
	slices.SortFunc(fields, func(a, b refusal.Field) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Code, b.Code)) })
	return fields[:min(len(fields), maxFaults)]
}

// fieldOf reads one error: either the code that a variable above was set to, or a phrase that is fixed in huma's code.
func fieldOf(location, message string) refusal.Field {
	path := pathOf(location)
	code, param, _ := strings.Cut(message, " ")
	name, value, _ := strings.Cut(param, "=")
	switch {
	case strings.HasSuffix(message, " parameter is missing"):
		return refusal.Required.At(path)
	case code == refusal.Required.Name:
		return refusal.Required.At(strings.TrimPrefix(path+"."+value, "."))
	case message == "unknown query parameter":
		return refusal.UnknownField.At(path)
	case message == "invalid integer":
		return refusal.WrongType.At(path, "type", "integer")
	case message == "invalid boolean":
		return refusal.WrongType.At(path, "type", "boolean")
	case strings.HasPrefix(message, "invalid date/time"):
		return refusal.NotATime.At(path)
	case formCodes[code]:
		return refusal.Field{Path: path, Code: code, Params: map[string]string{name: value}}
	default:
		return refusal.Malformed.At(path) // it passed the schema and still did not fit the type, such as 1e2 for an integer
	}
}

var formCodes = map[string]bool{
	refusal.UnknownField.Name: true, refusal.NotADate.Name: true, refusal.NotATime.Name: true, refusal.NotAChoice.Name: true,
	refusal.WrongType.Name: true, refusal.Repeated.Name: true, refusal.TooSmall.Name: true, refusal.TooLarge.Name: true,
	refusal.TooShort.Name: true, refusal.TooLong.Name: true, refusal.TooFew.Name: true, refusal.TooMany.Name: true,
}

// maxPath bounds a path in an answer; our own are far shorter.
const maxPath = 200

// pathOf turns huma's location into a path as the domain writes it. A name that the caller invented stays in it only when it is plain.
func pathOf(location string) string {
	path := strings.TrimPrefix(strings.TrimPrefix(location, "body"), ".")
	odd := strings.IndexFunc(path, func(r rune) bool {
		return r != '.' && r != '_' && r != '-' && r != '[' && r != ']' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if odd < 0 && len(path) > maxPath {
		odd = maxPath
	}
	if odd < 0 {
		return path
	}
	return path[:max(0, strings.LastIndexByte(path[:odd], '.'))]
}
