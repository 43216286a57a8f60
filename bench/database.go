package main

import (
	"context"
	"errors"
	"fmt"

	"datacharter/domain/catalogue"
	"datacharter/internal/testpostgres"
)

// errSkipped says that a comparison cannot be made on this machine.
var errSkipped = errors.New("not possible here")

// newDatabase makes an empty database that survives a power cut as it would in earnest.
func newDatabase(ctx context.Context, dir, kind string) (at place, stop func() error, err error) {
	if at.dir, err = subdirectory(dir, kind); err != nil {
		return place{}, nil, err
	}
	if kind == "sqlite" {
		at.url = "sqlite:" + at.dir + "/datacharter.db"
		return at, func() error { return nil }, nil
	}
	server, err := testpostgres.Launch(testpostgres.Options{Durable: true})
	if errors.Is(err, testpostgres.ErrNotInstalled) {
		return place{}, nil, fmt.Errorf("%w: %w", errSkipped, err)
	}
	if err != nil {
		return place{}, nil, err
	}
	if at.url, err = server.NewDatabase(ctx); err != nil {
		return place{}, nil, errors.Join(err, server.Stop())
	}
	return at, server.Stop, nil
}

const (
	knownResources = 200
	usedResources  = 5 // by one application
)

// catalogueResources are fictitious.
func catalogueResources() []catalogue.Resource {
	all := make([]catalogue.Resource, knownResources)
	for i := range all {
		key := fmt.Sprintf("R%03d", i)
		all[i] = catalogue.Resource{
			ID: catalogue.ResourceID("bench", key), Source: "bench", SourceKey: key, Title: fmt.Sprintf("示范市道路交通运行数据 %s(虚构)", key),
			Provider: "示范市交通信息中心(虚构)", Theme: "交通运输",
		}
	}
	return all
}
