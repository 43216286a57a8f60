package casework

import (
	"net/http"

	"datacharter/domain/refusal"
)

// StatusGone answers a caller who closed the connection; nobody reads it.
const StatusGone = 499

// statusByClass gives every class of refusals its status.
var statusByClass = map[refusal.Class]int{
	refusal.Invalid: http.StatusUnprocessableEntity, refusal.Forbidden: http.StatusForbidden, refusal.Conflict: http.StatusConflict,
	refusal.NotFound: http.StatusNotFound, refusal.Precondition: http.StatusPreconditionFailed, refusal.Unavailable: http.StatusServiceUnavailable,
}

// statusByCode lists the codes whose status is not their class's: what HTTP itself has a status for.
var statusByCode = map[string]int{
	refusal.Unauthenticated.Name:      http.StatusUnauthorized,
	refusal.BadRequest.Name:           http.StatusBadRequest,
	refusal.BadJSON.Name:              http.StatusBadRequest,
	refusal.MethodNotAllowed.Name:     http.StatusMethodNotAllowed,
	refusal.RequestTimeout.Name:       http.StatusRequestTimeout,
	refusal.BodyTooLarge.Name:         http.StatusRequestEntityTooLarge,
	refusal.FileTooLarge.Name:         http.StatusRequestEntityTooLarge,
	refusal.UnsupportedMediaType.Name: http.StatusUnsupportedMediaType,
	refusal.RequestCancelled.Name:     StatusGone,
	refusal.TooManyRequests.Name:      http.StatusTooManyRequests,
	refusal.InternalError.Name:        http.StatusInternalServerError,
}

// Status is the HTTP status of a refusal, by its code and class.
func Status(code string, class refusal.Class) int {
	if status, ok := statusByCode[code]; ok {
		return status
	}
	return statusByClass[class]
}
