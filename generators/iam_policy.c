// generators/iam_policy.c
//
// Generates a ServiceAccount that acts as a cloud's service account. Only available as an object under `generators`.
//
//     apiVersion: builtin
//     kind: IAMPolicyGenerator
//     metadata: {name: iam}
//     cloud: gke
//     kubernetesService: {namespace: prod, name: app}
//     serviceAccount: {name: app-sa, projectId: my-project}
#include "generators/generator.h"

#include "yaml/read.h"

struct kubernetes_service {
    struct position position;
    struct text namespace, name;
};

struct service_account {
    struct position position;
    struct text name, project_id;
};

struct iam_policy {
    struct position position;
    struct text cloud;
    struct kubernetes_service *kubernetes_service;
    struct service_account *service_account;
};

static const struct decode_field kubernetes_service_fields[] = {
    {"namespace", DECODE_TEXT, offsetof(struct kubernetes_service, namespace), NULL},
    {"name", DECODE_TEXT, offsetof(struct kubernetes_service, name), NULL},
};
static const struct decode_type kubernetes_service_type = DECODE_TYPE("kubernetesService", struct kubernetes_service,
                                                                      kubernetes_service_fields);

static const struct decode_field service_account_fields[] = {
    {"name", DECODE_TEXT, offsetof(struct service_account, name), NULL},
    {"projectId", DECODE_TEXT, offsetof(struct service_account, project_id), NULL},
};
static const struct decode_type service_account_type = DECODE_TYPE("serviceAccount", struct service_account,
                                                                   service_account_fields);

static const struct decode_field fields[] = {
    {"cloud", DECODE_TEXT, offsetof(struct iam_policy, cloud), NULL},
    {"kubernetesService", DECODE_STRUCT, offsetof(struct iam_policy, kubernetes_service), &kubernetes_service_type},
    {"serviceAccount", DECODE_STRUCT, offsetof(struct iam_policy, service_account), &service_account_type},
};
static const struct decode_type iam_policy_type = DECODE_TYPE("IAMPolicyGenerator", struct iam_policy, fields);

static const void *configure_object(struct generate_context *context, const struct node *object)
{
    return decode_configuration(context->arena, context->diagnostics, &iam_policy_type, object);
}

static bool generate(struct generate_context *context, const void *settings, struct resource_list *made)
{
    static const struct kubernetes_service no_service;
    static const struct service_account no_account;
    const struct iam_policy *policy = settings;
    const struct kubernetes_service *service = policy->kubernetes_service ? policy->kubernetes_service : &no_service;
    const struct service_account *account = policy->service_account ? policy->service_account : &no_account;
    if (!slice_equals(policy->cloud.slice, "gke")) {
        struct position position = policy->cloud.position.line ? policy->cloud.position : policy->position;
        return diagnose(context->diagnostics, position, "cloud must be gke, not '%.*s'",
                        SLICE_ARGS(policy->cloud.slice));
    }
    // Like kustomize, generate YAML text, so that a name that looks like a number becomes one.
    struct slice namespace = {0};
    if (service->namespace.slice.length)
    namespace = arena_format(context->arena, "  namespace: %.*s\n", SLICE_ARGS(service->namespace.slice));
    struct slice text = arena_format(context->arena,
                                     "apiVersion: v1\n"
                                     "kind: ServiceAccount\n"
                                     "metadata:\n"
                                     "  annotations:\n"
                                     "    iam.gke.io/gcp-service-account: %.*s@%.*s.iam.gserviceaccount.com\n"
                                     "  name: %.*s\n%.*s",
                                     SLICE_ARGS(account->name.slice), SLICE_ARGS(account->project_id.slice),
                                     SLICE_ARGS(service->name.slice), SLICE_ARGS(namespace));
    const struct source *source = sources_add(context->diagnostics->sources,
                                              slice_literal("output of IAMPolicyGenerator"), text);
    struct read_context read = generate_read_context(context);
    struct node_list documents = {0};
    return yaml_read_resources(&read, source, &documents) &&
           resources_from_documents(context->resources, &documents, made);
}

const struct generator iam_policy_generator = {
    .kind = "IAMPolicyGenerator",
    .configure_object = configure_object,
    .object_type = &iam_policy_type,
    .generate = generate,
};
