// check/examples.h
//
// Objects that the examples of several rules have.
#pragma once

#define EXAMPLE_WEB                                                                                                    \
    "--- web.yaml\n"                                                                                                   \
    "apiVersion: apps/v1\n"                                                                                            \
    "kind: Deployment\n"                                                                                               \
    "metadata:\n"                                                                                                      \
    "  name: web\n"                                                                                                    \
    "  labels: {app: web}\n"                                                                                           \
    "spec:\n"                                                                                                          \
    "  replicas: 1\n"                                                                                                  \
    "  selector:\n"                                                                                                    \
    "    matchLabels: {app: web}\n"                                                                                    \
    "  template:\n"                                                                                                    \
    "    metadata:\n"                                                                                                  \
    "      labels: {app: web}\n"                                                                                       \
    "    spec:\n"                                                                                                      \
    "      containers:\n"                                                                                              \
    "      - {name: web, image: nginx}\n"                                                                              \
    "      - {name: web-log, image: busybox}\n"

#define EXAMPLE_POD(spec)                                                                                              \
    "--- pod.yaml\n"                                                                                                   \
    "apiVersion: v1\n"                                                                                                 \
    "kind: Pod\n"                                                                                                      \
    "metadata: {name: web}\n"                                                                                          \
    "spec:\n" spec

#define EXAMPLE_CONTAINER(fields)                                                                                      \
    EXAMPLE_POD("  containers:\n"                                                                                      \
                "  - name: web\n"                                                                                      \
                "    image: nginx\n" fields)

#define EXAMPLE_SETTINGS                                                                                               \
    "--- settings.yaml\n"                                                                                              \
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {host: example.com}}\n"

#define EXAMPLE_TAP                                                                                                    \
    "--- tap.yaml\n"                                                                                                   \
    "{apiVersion: example.com/v1, kind: Tap, metadata: {name: tap}, spec: {pipes: [{name: a}, {name: b}]}}\n"

#define EXAMPLE_JOB                                                                                                    \
    "--- job.yaml\n"                                                                                                   \
    "apiVersion: batch/v1\n"                                                                                           \
    "kind: Job\n"                                                                                                      \
    "metadata:\n"                                                                                                      \
    "  name: job\n"                                                                                                    \
    "spec:\n"                                                                                                          \
    "  template:\n"                                                                                                    \
    "    spec:\n"                                                                                                      \
    "      restartPolicy: Never\n"                                                                                     \
    "      containers:\n"                                                                                              \
    "      - {name: job, image: busybox, envFrom: [{configMapRef: {name: settings}}]}\n"
