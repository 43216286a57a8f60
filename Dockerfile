# The product's binary in an image with nothing else in it.
#   docker build --build-arg VERSION="$(git describe --tags --always)" -t datacharter .
# Where the Go modules' usual proxy is out of reach, add --build-arg GOPROXY=….
# Where npm's usual registry is out of reach, add --build-arg NPM_CONFIG_REGISTRY=….
FROM node:20-bookworm-slim AS assets
ARG NPM_CONFIG_REGISTRY
WORKDIR /src/web/assets
COPY web/assets ./
RUN npm ci --no-audit --no-fund --ignore-scripts && node build.mjs

FROM golang:1.26.8-bookworm AS build
ARG VERSION=dev
ARG GOPROXY
# The workspace joins a module that is not part of the image.
ENV CGO_ENABLED=0 GOWORK=off
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/web/assets/dist web/assets/dist
RUN go build -trimpath -ldflags "-s -w -X datacharter/version.Version=${VERSION}" -o /out/datacharter ./cmd/datacharter
# A named volume takes over the owner of the directory that it is mounted on.
RUN mkdir -p /out/data /out/keys /out/tmp && chmod 1777 /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/datacharter /datacharter
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/keys /keys
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
ENV DATACHARTER_DATA=/data
ENTRYPOINT ["/datacharter"]
CMD ["version"]
