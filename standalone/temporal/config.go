package temporal

import (
	"fmt"
	"net/netip"
	"time"

	"go.temporal.io/server/common/authorization"
	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

const clusterName = "active"

// dynamic lists the settings that differ from the server's defaults.
var dynamic = dynamicconfig.StaticClient{
	// At the default of 20 polls a second every update waits up to 50 ms for
	// its workflow task.
	dynamicconfig.TransferProcessorMaxPollRPS.Key(): 200,
	// A missed close notification stalls a reader this long; the default is 20 s.
	dynamicconfig.HistoryLongPollExpirationInterval.Key(): time.Second,
	// One process has no use for the default of four partitions a task queue.
	dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
	dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
	// The default caches (128 000 workflows, 256 MB of events) are for a machine
	// that does nothing else.
	dynamicconfig.HistoryCacheHostLevelMaxSize.Key():     5000,
	dynamicconfig.EventsHostLevelCacheMaxSizeBytes.Key(): 16 << 20,
}

// build puts the server together; ports are for temporal.DefaultServices in
// their order, the frontend first. A fatal message of the server becomes the
// returned error.
func build(db *config.SQL, ports []netip.AddrPort, logger log.Logger) (_ temporal.Server, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case fatal:
			err = p.err
		default:
			panic(p)
		}
	}()

	cfg := serverConfig(db, ports[0].String())
	hosts := make(map[primitives.ServiceName]static.Hosts)
	for i, name := range temporal.DefaultServices {
		cfg.Services[name] = config.Service{RPC: config.RPC{
			GRPCPort: int(ports[i].Port()),
			BindOnIP: ports[i].Addr().String(),
		}}
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(ports[i].String())
	}

	srv, err := temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		// Fixed addresses instead of gossip: one process is the whole cluster.
		temporal.WithStaticHosts(hosts),
		temporal.WithLogger(logger),
		temporal.WithDynamicConfigClient(dynamic),
		temporal.WithAuthorizer(authorization.NewNoopAuthorizer()),
	)
	if err != nil {
		return nil, fmt.Errorf("build embedded Temporal server: %w", err)
	}
	return srv, nil
}

func serverConfig(db *config.SQL, frontend string) *config.Config {
	return &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     sqlite.PluginName,
			VisibilityStore:  sqlite.PluginName,
			NumHistoryShards: 1, // fixed when the file is made
			DataStores:       map[string]config.DataStore{sqlite.PluginName: {SQL: db}},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		PublicClient:        config.PublicClient{HostPort: frontend},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            make(map[string]config.Service),
		Archival: config.Archival{
			History:    config.HistoryArchival{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchival{State: config.ArchivalDisabled},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: config.ArchivalDisabled},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: config.ArchivalDisabled},
		}},
	}
}
