package api

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// healthy says that the process answers.
func (s *server) healthy(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "ok"}) }

// ready says whether the process can do its work now: the database answers and has its schema, and the workflow service answers.
func (s *server) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	status, checks := http.StatusOK, gin.H{}
	for name, err := range map[string]error{"database": s.Store.Ping(ctx), "workflows": s.Reachable(ctx)} {
		checks[name] = "ok"
		if err != nil {
			checks[name], status = "unavailable", http.StatusServiceUnavailable
			callOf(ctx).fault = err
		}
	}
	c.JSON(status, checks)
}
