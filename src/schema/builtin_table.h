// Made by src/schema/generate/main.c from src/schema/facts/openapi.json: do not edit.
#pragma once

#include "schema/schema_tables.h"

static const char builtin_texts[][4000] = {
    "io.k8s.api.admissionregistration.v1.MutatingWebhookio.k8s.api.admissionregistration.v1.MutatingWebho"
    "okConfigurationMutatingWebhookConfigurationadmissionregistration.k8s.io/v1io.k8s.api.admissionregist"
    "ration.v1.MutatingWebhookConfigurationListMutatingWebhookConfigurationListio.k8s.api.admissionregist"
    "ration.v1.RuleWithOperationsio.k8s.api.admissionregistration.v1.ServiceReferenceio.k8s.api.admission"
    "registration.v1.ValidatingWebhookio.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationV"
    "alidatingWebhookConfigurationio.k8s.api.admissionregistration.v1.ValidatingWebhookConfigurationListV"
    "alidatingWebhookConfigurationListio.k8s.api.admissionregistration.v1.WebhookClientConfigio.k8s.api.a"
    "dmissionregistration.v1beta1.MutatingWebhookio.k8s.api.admissionregistration.v1beta1.MutatingWebhook"
    "Configurationadmissionregistration.k8s.io/v1beta1io.k8s.api.admissionregistration.v1beta1.MutatingWe"
    "bhookConfigurationListio.k8s.api.admissionregistration.v1beta1.RuleWithOperationsio.k8s.api.admissio"
    "nregistration.v1beta1.ServiceReferenceio.k8s.api.admissionregistration.v1beta1.ValidatingWebhookio.k"
    "8s.api.admissionregistration.v1beta1.ValidatingWebhookConfigurationio.k8s.api.admissionregistration."
    "v1beta1.ValidatingWebhookConfigurationListio.k8s.api.admissionregistration.v1beta1.WebhookClientConf"
    "igio.k8s.api.apps.v1.ControllerRevisionControllerRevisionapps/v1io.k8s.api.apps.v1.ControllerRevisio"
    "nListControllerRevisionListio.k8s.api.apps.v1.DaemonSetDaemonSetio.k8s.api.apps.v1.DaemonSetConditio"
    "nio.k8s.api.apps.v1.DaemonSetListDaemonSetListio.k8s.api.apps.v1.DaemonSetSpecio.k8s.api.apps.v1.Dae"
    "monSetStatusio.k8s.api.apps.v1.DaemonSetUpdateStrategyio.k8s.api.apps.v1.DeploymentDeploymentio.k8s."
    "api.apps.v1.DeploymentConditionio.k8s.api.apps.v1.DeploymentListDeploymentListio.k8s.api.apps.v1.Dep"
    "loymentSpecio.k8s.api.apps.v1.DeploymentStatusio.k8s.api.apps.v1.DeploymentStrategyio.k8s.api.apps.v"
    "1.ReplicaSetReplicaSetio.k8s.api.apps.v1.ReplicaSetConditionio.k8s.api.apps.v1.ReplicaSetListReplica"
    "SetListio.k8s.api.apps.v1.ReplicaSetSpecio.k8s.api.apps.v1.ReplicaSetStatusio.k8s.api.apps.v1.Rollin"
    "gUpdateDaemonSetio.k8s.api.apps.v1.RollingUpdateDeploymentio.k8s.api.apps.v1.RollingUpdateStatefulSe"
    "tStrategyio.k8s.api.apps.v1.StatefulSetStatefulSetio.k8s.api.apps.v1.StatefulSetConditionio.k8s.api."
    "apps.v1.StatefulSetListStatefulSetListio.k8s.api.apps.v1.StatefulSetSpecio.k8s.api.apps.v1.StatefulS"
    "etStatusio.k8s.api.apps.v1.StatefulSetUpdateStrategyio.k8s.api.authentication.v1.BoundObjectReferenc"
    "eio.k8s.api.authentication.v1.TokenRequestTokenRequestauthentication.k8s.io/v1io.k8s.api.authenticat"
    "ion.v1.TokenRequestSpecio.k8s.api.authentication.v1.TokenRequestStatusio.k8s.api.authentication.v1.T"
    "okenReviewTokenReviewio.k8s.api.authentication.v1.TokenReviewSpecio.k8s.api.authentication.v1.TokenR"
    "eviewStatusio.k8s.api.authentication.v1.UserInfoio.k8s.api.authentication.v1beta1.TokenReviewauthent"
    "ication.k8s.io/v1beta1io.k8s.api.authentication.v1beta1.TokenReviewSpecio.k8s.api.authentication.v1b"
    "eta1.TokenReviewStatusio.k8s.api.authentication.v1beta1.UserInfoio.k8s.api.authorization.v1.LocalSub"
    "jectAccessReviewLocalSubjectAccessReviewauthorization.k8s.io/v1io.k8s.api.authorization.v1.NonResour"
    "ceAttributesio.k8s.api.authorization.v1.NonResourceRuleio.k8s.api.authorization.v1.ResourceAttribute"
    "sio.k8s.api.authorization.v1.ResourceRuleio.k8s.api.authorization.v1.SelfSubjectAccessReviewSelfSubj"
    "ectAccessReviewio.k8s.api.authorization.v1.SelfSubjectAccessReviewSpecio.k8s.api.authorization.v1.Se"
    "lfSubjectRulesReviewSelfSubjectRulesReviewio.k8s.api.authorization.v1.SelfSubjectRulesReviewSpecio.k"
    "8s.api.authorization.v1.SubjectAccessReviewSubjectAccessReviewio.k8s.api.authorization.v1.SubjectAcc"
    "essReviewSpecio.k8s.api.authorization.v1.SubjectAccessReviewStatusio.k8s.api.authorization.v1.Subjec"
    "tRulesReviewStatusio.k8s.api.authorization.v1beta1.LocalSubjectAccessReviewauthorization.k8s.io/v1be"
    "ta1io.k8s.api.authorization.v1beta1.NonResourceAttributes",
    "io.k8s.api.authorization.v1beta1.NonResourceRuleio.k8s.api.authorization.v1beta1.ResourceAttributesi"
    "o.k8s.api.authorization.v1beta1.ResourceRuleio.k8s.api.authorization.v1beta1.SelfSubjectAccessReview"
    "io.k8s.api.authorization.v1beta1.SelfSubjectAccessReviewSpecio.k8s.api.authorization.v1beta1.SelfSub"
    "jectRulesReviewio.k8s.api.authorization.v1beta1.SelfSubjectRulesReviewSpecio.k8s.api.authorization.v"
    "1beta1.SubjectAccessReviewio.k8s.api.authorization.v1beta1.SubjectAccessReviewSpecio.k8s.api.authori"
    "zation.v1beta1.SubjectAccessReviewStatusio.k8s.api.authorization.v1beta1.SubjectRulesReviewStatusio."
    "k8s.api.autoscaling.v1.CrossVersionObjectReferenceio.k8s.api.autoscaling.v1.HorizontalPodAutoscalerH"
    "orizontalPodAutoscalerautoscaling/v1io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerListHorizontalP"
    "odAutoscalerListio.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpecio.k8s.api.autoscaling.v1.Horiz"
    "ontalPodAutoscalerStatusio.k8s.api.autoscaling.v1.ScaleScaleio.k8s.api.autoscaling.v1.ScaleSpecio.k8"
    "s.api.autoscaling.v1.ScaleStatusio.k8s.api.autoscaling.v2beta1.ContainerResourceMetricSourceio.k8s.a"
    "pi.autoscaling.v2beta1.ContainerResourceMetricStatusio.k8s.api.autoscaling.v2beta1.CrossVersionObjec"
    "tReferenceio.k8s.api.autoscaling.v2beta1.ExternalMetricSourceio.k8s.api.autoscaling.v2beta1.External"
    "MetricStatusio.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerautoscaling/v2beta1io.k8s.api.auto"
    "scaling.v2beta1.HorizontalPodAutoscalerConditionio.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscal"
    "erListio.k8s.api.autoscaling.v2beta1.HorizontalPodAutoscalerSpecio.k8s.api.autoscaling.v2beta1.Horiz"
    "ontalPodAutoscalerStatusio.k8s.api.autoscaling.v2beta1.MetricSpecio.k8s.api.autoscaling.v2beta1.Metr"
    "icStatusio.k8s.api.autoscaling.v2beta1.ObjectMetricSourceio.k8s.api.autoscaling.v2beta1.ObjectMetric"
    "Statusio.k8s.api.autoscaling.v2beta1.PodsMetricSourceio.k8s.api.autoscaling.v2beta1.PodsMetricStatus"
    "io.k8s.api.autoscaling.v2beta1.ResourceMetricSourceio.k8s.api.autoscaling.v2beta1.ResourceMetricStat"
    "usio.k8s.api.autoscaling.v2beta2.ContainerResourceMetricSourceio.k8s.api.autoscaling.v2beta2.Contain"
    "erResourceMetricStatusio.k8s.api.autoscaling.v2beta2.CrossVersionObjectReferenceio.k8s.api.autoscali"
    "ng.v2beta2.ExternalMetricSourceio.k8s.api.autoscaling.v2beta2.ExternalMetricStatusio.k8s.api.autosca"
    "ling.v2beta2.HPAScalingPolicyio.k8s.api.autoscaling.v2beta2.HPAScalingRulesio.k8s.api.autoscaling.v2"
    "beta2.HorizontalPodAutoscalerautoscaling/v2beta2io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscal"
    "erBehaviorio.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerConditionio.k8s.api.autoscaling.v2be"
    "ta2.HorizontalPodAutoscalerListio.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscalerSpecio.k8s.api."
    "autoscaling.v2beta2.HorizontalPodAutoscalerStatusio.k8s.api.autoscaling.v2beta2.MetricIdentifierio.k"
    "8s.api.autoscaling.v2beta2.MetricSpecio.k8s.api.autoscaling.v2beta2.MetricStatusio.k8s.api.autoscali"
    "ng.v2beta2.MetricTargetio.k8s.api.autoscaling.v2beta2.MetricValueStatusio.k8s.api.autoscaling.v2beta"
    "2.ObjectMetricSourceio.k8s.api.autoscaling.v2beta2.ObjectMetricStatusio.k8s.api.autoscaling.v2beta2."
    "PodsMetricSourceio.k8s.api.autoscaling.v2beta2.PodsMetricStatusio.k8s.api.autoscaling.v2beta2.Resour"
    "ceMetricSourceio.k8s.api.autoscaling.v2beta2.ResourceMetricStatusio.k8s.api.batch.v1.CronJobCronJobb"
    "atch/v1io.k8s.api.batch.v1.CronJobListCronJobListio.k8s.api.batch.v1.CronJobSpecio.k8s.api.batch.v1."
    "CronJobStatusio.k8s.api.batch.v1.JobJobio.k8s.api.batch.v1.JobConditionio.k8s.api.batch.v1.JobListJo"
    "bListio.k8s.api.batch.v1.JobSpecio.k8s.api.batch.v1.JobStatusio.k8s.api.batch.v1.JobTemplateSpecio.k"
    "8s.api.batch.v1beta1.CronJobbatch/v1beta1io.k8s.api.batch.v1beta1.CronJobListio.k8s.api.batch.v1beta"
    "1.CronJobSpecio.k8s.api.batch.v1beta1.CronJobStatusio.k8s.api.batch.v1beta1.JobTemplateSpecio.k8s.ap"
    "i.certificates.v1.CertificateSigningRequestCertificateSigningRequestcertificates.k8s.io/v1io.k8s.api"
    ".certificates.v1.CertificateSigningRequestCondition",
    "io.k8s.api.certificates.v1.CertificateSigningRequestListCertificateSigningRequestListio.k8s.api.cert"
    "ificates.v1.CertificateSigningRequestSpecio.k8s.api.certificates.v1.CertificateSigningRequestStatusi"
    "o.k8s.api.certificates.v1beta1.CertificateSigningRequestcertificates.k8s.io/v1beta1io.k8s.api.certif"
    "icates.v1beta1.CertificateSigningRequestConditionio.k8s.api.certificates.v1beta1.CertificateSigningR"
    "equestListio.k8s.api.certificates.v1beta1.CertificateSigningRequestSpecio.k8s.api.certificates.v1bet"
    "a1.CertificateSigningRequestStatusio.k8s.api.coordination.v1.LeaseLeasecoordination.k8s.io/v1io.k8s."
    "api.coordination.v1.LeaseListLeaseListio.k8s.api.coordination.v1.LeaseSpecio.k8s.api.coordination.v1"
    "beta1.Leasecoordination.k8s.io/v1beta1io.k8s.api.coordination.v1beta1.LeaseListio.k8s.api.coordinati"
    "on.v1beta1.LeaseSpecio.k8s.api.core.v1.AWSElasticBlockStoreVolumeSourceio.k8s.api.core.v1.Affinityio"
    ".k8s.api.core.v1.AttachedVolumeio.k8s.api.core.v1.AzureDiskVolumeSourceio.k8s.api.core.v1.AzureFileP"
    "ersistentVolumeSourceio.k8s.api.core.v1.AzureFileVolumeSourceio.k8s.api.core.v1.BindingBindingv1io.k"
    "8s.api.core.v1.CSIPersistentVolumeSourceio.k8s.api.core.v1.CSIVolumeSourceio.k8s.api.core.v1.Capabil"
    "itiesio.k8s.api.core.v1.CephFSPersistentVolumeSourceio.k8s.api.core.v1.CephFSVolumeSourceio.k8s.api."
    "core.v1.CinderPersistentVolumeSourceio.k8s.api.core.v1.CinderVolumeSourceio.k8s.api.core.v1.ClientIP"
    "Configio.k8s.api.core.v1.ComponentConditionio.k8s.api.core.v1.ComponentStatusComponentStatusio.k8s.a"
    "pi.core.v1.ComponentStatusListComponentStatusListio.k8s.api.core.v1.ConfigMapConfigMapio.k8s.api.cor"
    "e.v1.ConfigMapEnvSourceio.k8s.api.core.v1.ConfigMapKeySelectorio.k8s.api.core.v1.ConfigMapListConfig"
    "MapListio.k8s.api.core.v1.ConfigMapNodeConfigSourceio.k8s.api.core.v1.ConfigMapProjectionio.k8s.api."
    "core.v1.ConfigMapVolumeSourceio.k8s.api.core.v1.Containerio.k8s.api.core.v1.ContainerImageio.k8s.api"
    ".core.v1.ContainerPortio.k8s.api.core.v1.ContainerStateio.k8s.api.core.v1.ContainerStateRunningio.k8"
    "s.api.core.v1.ContainerStateTerminatedio.k8s.api.core.v1.ContainerStateWaitingio.k8s.api.core.v1.Con"
    "tainerStatusio.k8s.api.core.v1.DaemonEndpointio.k8s.api.core.v1.DownwardAPIProjectionio.k8s.api.core"
    ".v1.DownwardAPIVolumeFileio.k8s.api.core.v1.DownwardAPIVolumeSourceio.k8s.api.core.v1.EmptyDirVolume"
    "Sourceio.k8s.api.core.v1.EndpointAddressio.k8s.api.core.v1.EndpointPortio.k8s.api.core.v1.EndpointSu"
    "bsetio.k8s.api.core.v1.EndpointsEndpointsio.k8s.api.core.v1.EndpointsListEndpointsListio.k8s.api.cor"
    "e.v1.EnvFromSourceio.k8s.api.core.v1.EnvVario.k8s.api.core.v1.EnvVarSourceio.k8s.api.core.v1.Ephemer"
    "alContainerio.k8s.api.core.v1.EphemeralVolumeSourceio.k8s.api.core.v1.EventEventio.k8s.api.core.v1.E"
    "ventListEventListio.k8s.api.core.v1.EventSeriesio.k8s.api.core.v1.EventSourceio.k8s.api.core.v1.Exec"
    "Actionio.k8s.api.core.v1.FCVolumeSourceio.k8s.api.core.v1.FlexPersistentVolumeSourceio.k8s.api.core."
    "v1.FlexVolumeSourceio.k8s.api.core.v1.FlockerVolumeSourceio.k8s.api.core.v1.GCEPersistentDiskVolumeS"
    "ourceio.k8s.api.core.v1.GitRepoVolumeSourceio.k8s.api.core.v1.GlusterfsPersistentVolumeSourceio.k8s."
    "api.core.v1.GlusterfsVolumeSourceio.k8s.api.core.v1.HTTPGetActionio.k8s.api.core.v1.HTTPHeaderio.k8s"
    ".api.core.v1.Handlerio.k8s.api.core.v1.HostAliasio.k8s.api.core.v1.HostPathVolumeSourceio.k8s.api.co"
    "re.v1.ISCSIPersistentVolumeSourceio.k8s.api.core.v1.ISCSIVolumeSourceio.k8s.api.core.v1.KeyToPathio."
    "k8s.api.core.v1.Lifecycleio.k8s.api.core.v1.LimitRangeLimitRangeio.k8s.api.core.v1.LimitRangeItemio."
    "k8s.api.core.v1.LimitRangeListLimitRangeListio.k8s.api.core.v1.LimitRangeSpecio.k8s.api.core.v1.Load"
    "BalancerIngressio.k8s.api.core.v1.LoadBalancerStatusio.k8s.api.core.v1.LocalObjectReferenceio.k8s.ap"
    "i.core.v1.LocalVolumeSourceio.k8s.api.core.v1.NFSVolumeSourceio.k8s.api.core.v1.NamespaceNamespaceio"
    ".k8s.api.core.v1.NamespaceConditionio.k8s.api.core.v1.NamespaceListNamespaceListio.k8s.api.core.v1.N"
    "amespaceSpecio.k8s.api.core.v1.NamespaceStatusio.k8s.api.core.v1.NodeNode",
    "io.k8s.api.core.v1.NodeAddressio.k8s.api.core.v1.NodeAffinityio.k8s.api.core.v1.NodeConditionio.k8s."
    "api.core.v1.NodeConfigSourceio.k8s.api.core.v1.NodeConfigStatusio.k8s.api.core.v1.NodeDaemonEndpoint"
    "sio.k8s.api.core.v1.NodeListNodeListio.k8s.api.core.v1.NodeSelectorio.k8s.api.core.v1.NodeSelectorRe"
    "quirementio.k8s.api.core.v1.NodeSelectorTermio.k8s.api.core.v1.NodeSpecio.k8s.api.core.v1.NodeStatus"
    "io.k8s.api.core.v1.NodeSystemInfoio.k8s.api.core.v1.ObjectFieldSelectorio.k8s.api.core.v1.ObjectRefe"
    "renceio.k8s.api.core.v1.PersistentVolumePersistentVolumeio.k8s.api.core.v1.PersistentVolumeClaimPers"
    "istentVolumeClaimio.k8s.api.core.v1.PersistentVolumeClaimConditionio.k8s.api.core.v1.PersistentVolum"
    "eClaimListPersistentVolumeClaimListio.k8s.api.core.v1.PersistentVolumeClaimSpecio.k8s.api.core.v1.Pe"
    "rsistentVolumeClaimStatusio.k8s.api.core.v1.PersistentVolumeClaimTemplateio.k8s.api.core.v1.Persiste"
    "ntVolumeClaimVolumeSourceio.k8s.api.core.v1.PersistentVolumeListPersistentVolumeListio.k8s.api.core."
    "v1.PersistentVolumeSpecio.k8s.api.core.v1.PersistentVolumeStatusio.k8s.api.core.v1.PhotonPersistentD"
    "iskVolumeSourceio.k8s.api.core.v1.PodPodio.k8s.api.core.v1.PodAffinityio.k8s.api.core.v1.PodAffinity"
    "Termio.k8s.api.core.v1.PodAntiAffinityio.k8s.api.core.v1.PodConditionio.k8s.api.core.v1.PodDNSConfig"
    "io.k8s.api.core.v1.PodDNSConfigOptionio.k8s.api.core.v1.PodIPio.k8s.api.core.v1.PodListPodListio.k8s"
    ".api.core.v1.PodReadinessGateio.k8s.api.core.v1.PodSecurityContextio.k8s.api.core.v1.PodSpecio.k8s.a"
    "pi.core.v1.PodStatusio.k8s.api.core.v1.PodTemplatePodTemplateio.k8s.api.core.v1.PodTemplateListPodTe"
    "mplateListio.k8s.api.core.v1.PodTemplateSpecio.k8s.api.core.v1.PortStatusio.k8s.api.core.v1.Portworx"
    "VolumeSourceio.k8s.api.core.v1.PreferredSchedulingTermio.k8s.api.core.v1.Probeio.k8s.api.core.v1.Pro"
    "jectedVolumeSourceio.k8s.api.core.v1.QuobyteVolumeSourceio.k8s.api.core.v1.RBDPersistentVolumeSource"
    "io.k8s.api.core.v1.RBDVolumeSourceio.k8s.api.core.v1.ReplicationControllerReplicationControllerio.k8"
    "s.api.core.v1.ReplicationControllerConditionio.k8s.api.core.v1.ReplicationControllerListReplicationC"
    "ontrollerListio.k8s.api.core.v1.ReplicationControllerSpecio.k8s.api.core.v1.ReplicationControllerSta"
    "tusio.k8s.api.core.v1.ResourceFieldSelectorio.k8s.api.core.v1.ResourceQuotaResourceQuotaio.k8s.api.c"
    "ore.v1.ResourceQuotaListResourceQuotaListio.k8s.api.core.v1.ResourceQuotaSpecio.k8s.api.core.v1.Reso"
    "urceQuotaStatusio.k8s.api.core.v1.ResourceRequirementsio.k8s.api.core.v1.SELinuxOptionsio.k8s.api.co"
    "re.v1.ScaleIOPersistentVolumeSourceio.k8s.api.core.v1.ScaleIOVolumeSourceio.k8s.api.core.v1.ScopeSel"
    "ectorio.k8s.api.core.v1.ScopedResourceSelectorRequirementio.k8s.api.core.v1.SeccompProfileio.k8s.api"
    ".core.v1.SecretSecretio.k8s.api.core.v1.SecretEnvSourceio.k8s.api.core.v1.SecretKeySelectorio.k8s.ap"
    "i.core.v1.SecretListSecretListio.k8s.api.core.v1.SecretProjectionio.k8s.api.core.v1.SecretReferencei"
    "o.k8s.api.core.v1.SecretVolumeSourceio.k8s.api.core.v1.SecurityContextio.k8s.api.core.v1.ServiceServ"
    "iceio.k8s.api.core.v1.ServiceAccountServiceAccountio.k8s.api.core.v1.ServiceAccountListServiceAccoun"
    "tListio.k8s.api.core.v1.ServiceAccountTokenProjectionio.k8s.api.core.v1.ServiceListServiceListio.k8s"
    ".api.core.v1.ServicePortio.k8s.api.core.v1.ServiceSpecio.k8s.api.core.v1.ServiceStatusio.k8s.api.cor"
    "e.v1.SessionAffinityConfigio.k8s.api.core.v1.StorageOSPersistentVolumeSourceio.k8s.api.core.v1.Stora"
    "geOSVolumeSourceio.k8s.api.core.v1.Sysctlio.k8s.api.core.v1.TCPSocketActionio.k8s.api.core.v1.Tainti"
    "o.k8s.api.core.v1.Tolerationio.k8s.api.core.v1.TopologySelectorLabelRequirementio.k8s.api.core.v1.To"
    "pologySelectorTermio.k8s.api.core.v1.TopologySpreadConstraintio.k8s.api.core.v1.TypedLocalObjectRefe"
    "renceio.k8s.api.core.v1.Volumeio.k8s.api.core.v1.VolumeDeviceio.k8s.api.core.v1.VolumeMountio.k8s.ap"
    "i.core.v1.VolumeNodeAffinityio.k8s.api.core.v1.VolumeProjectionio.k8s.api.core.v1.VsphereVirtualDisk"
    "VolumeSourceio.k8s.api.core.v1.WeightedPodAffinityTerm",
    "io.k8s.api.core.v1.WindowsSecurityContextOptionsio.k8s.api.discovery.v1.Endpointio.k8s.api.discovery"
    ".v1.EndpointConditionsio.k8s.api.discovery.v1.EndpointHintsio.k8s.api.discovery.v1.EndpointPortio.k8"
    "s.api.discovery.v1.EndpointSliceEndpointSlicediscovery.k8s.io/v1io.k8s.api.discovery.v1.EndpointSlic"
    "eListEndpointSliceListio.k8s.api.discovery.v1.ForZoneio.k8s.api.discovery.v1beta1.Endpointio.k8s.api"
    ".discovery.v1beta1.EndpointConditionsio.k8s.api.discovery.v1beta1.EndpointHintsio.k8s.api.discovery."
    "v1beta1.EndpointPortio.k8s.api.discovery.v1beta1.EndpointSlicediscovery.k8s.io/v1beta1io.k8s.api.dis"
    "covery.v1beta1.EndpointSliceListio.k8s.api.discovery.v1beta1.ForZoneio.k8s.api.events.v1.Eventevents"
    ".k8s.io/v1io.k8s.api.events.v1.EventListio.k8s.api.events.v1.EventSeriesio.k8s.api.events.v1beta1.Ev"
    "entevents.k8s.io/v1beta1io.k8s.api.events.v1beta1.EventListio.k8s.api.events.v1beta1.EventSeriesio.k"
    "8s.api.extensions.v1beta1.HTTPIngressPathio.k8s.api.extensions.v1beta1.HTTPIngressRuleValueio.k8s.ap"
    "i.extensions.v1beta1.IngressIngressextensions/v1beta1io.k8s.api.extensions.v1beta1.IngressBackendio."
    "k8s.api.extensions.v1beta1.IngressListIngressListio.k8s.api.extensions.v1beta1.IngressRuleio.k8s.api"
    ".extensions.v1beta1.IngressSpecio.k8s.api.extensions.v1beta1.IngressStatusio.k8s.api.extensions.v1be"
    "ta1.IngressTLSio.k8s.api.flowcontrol.v1beta1.FlowDistinguisherMethodio.k8s.api.flowcontrol.v1beta1.F"
    "lowSchemaFlowSchemaflowcontrol.apiserver.k8s.io/v1beta1io.k8s.api.flowcontrol.v1beta1.FlowSchemaCond"
    "itionio.k8s.api.flowcontrol.v1beta1.FlowSchemaListFlowSchemaListio.k8s.api.flowcontrol.v1beta1.FlowS"
    "chemaSpecio.k8s.api.flowcontrol.v1beta1.FlowSchemaStatusio.k8s.api.flowcontrol.v1beta1.GroupSubjecti"
    "o.k8s.api.flowcontrol.v1beta1.LimitResponseio.k8s.api.flowcontrol.v1beta1.LimitedPriorityLevelConfig"
    "urationio.k8s.api.flowcontrol.v1beta1.NonResourcePolicyRuleio.k8s.api.flowcontrol.v1beta1.PolicyRule"
    "sWithSubjectsio.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationPriorityLevelConfigurationio.k"
    "8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationConditionio.k8s.api.flowcontrol.v1beta1.Priorit"
    "yLevelConfigurationListPriorityLevelConfigurationListio.k8s.api.flowcontrol.v1beta1.PriorityLevelCon"
    "figurationReferenceio.k8s.api.flowcontrol.v1beta1.PriorityLevelConfigurationSpecio.k8s.api.flowcontr"
    "ol.v1beta1.PriorityLevelConfigurationStatusio.k8s.api.flowcontrol.v1beta1.QueuingConfigurationio.k8s"
    ".api.flowcontrol.v1beta1.ResourcePolicyRuleio.k8s.api.flowcontrol.v1beta1.ServiceAccountSubjectio.k8"
    "s.api.flowcontrol.v1beta1.Subjectio.k8s.api.flowcontrol.v1beta1.UserSubjectio.k8s.api.networking.v1."
    "HTTPIngressPathio.k8s.api.networking.v1.HTTPIngressRuleValueio.k8s.api.networking.v1.IPBlockio.k8s.a"
    "pi.networking.v1.Ingressnetworking.k8s.io/v1io.k8s.api.networking.v1.IngressBackendio.k8s.api.networ"
    "king.v1.IngressClassIngressClassio.k8s.api.networking.v1.IngressClassListIngressClassListio.k8s.api."
    "networking.v1.IngressClassParametersReferenceio.k8s.api.networking.v1.IngressClassSpecio.k8s.api.net"
    "working.v1.IngressListio.k8s.api.networking.v1.IngressRuleio.k8s.api.networking.v1.IngressServiceBac"
    "kendio.k8s.api.networking.v1.IngressSpecio.k8s.api.networking.v1.IngressStatusio.k8s.api.networking."
    "v1.IngressTLSio.k8s.api.networking.v1.NetworkPolicyNetworkPolicyio.k8s.api.networking.v1.NetworkPoli"
    "cyEgressRuleio.k8s.api.networking.v1.NetworkPolicyIngressRuleio.k8s.api.networking.v1.NetworkPolicyL"
    "istNetworkPolicyListio.k8s.api.networking.v1.NetworkPolicyPeerio.k8s.api.networking.v1.NetworkPolicy"
    "Portio.k8s.api.networking.v1.NetworkPolicySpecio.k8s.api.networking.v1.ServiceBackendPortio.k8s.api."
    "networking.v1beta1.HTTPIngressPathio.k8s.api.networking.v1beta1.HTTPIngressRuleValueio.k8s.api.netwo"
    "rking.v1beta1.Ingressnetworking.k8s.io/v1beta1io.k8s.api.networking.v1beta1.IngressBackendio.k8s.api"
    ".networking.v1beta1.IngressClassio.k8s.api.networking.v1beta1.IngressClassListio.k8s.api.networking."
    "v1beta1.IngressClassParametersReferenceio.k8s.api.networking.v1beta1.IngressClassSpec",
    "io.k8s.api.networking.v1beta1.IngressListio.k8s.api.networking.v1beta1.IngressRuleio.k8s.api.network"
    "ing.v1beta1.IngressSpecio.k8s.api.networking.v1beta1.IngressStatusio.k8s.api.networking.v1beta1.Ingr"
    "essTLSio.k8s.api.node.v1.Overheadio.k8s.api.node.v1.RuntimeClassRuntimeClassnode.k8s.io/v1io.k8s.api"
    ".node.v1.RuntimeClassListRuntimeClassListio.k8s.api.node.v1.Schedulingio.k8s.api.node.v1beta1.Overhe"
    "adio.k8s.api.node.v1beta1.RuntimeClassnode.k8s.io/v1beta1io.k8s.api.node.v1beta1.RuntimeClassListio."
    "k8s.api.node.v1beta1.Schedulingio.k8s.api.policy.v1.PodDisruptionBudgetPodDisruptionBudgetpolicy/v1i"
    "o.k8s.api.policy.v1.PodDisruptionBudgetListPodDisruptionBudgetListio.k8s.api.policy.v1.PodDisruption"
    "BudgetSpecio.k8s.api.policy.v1.PodDisruptionBudgetStatusio.k8s.api.policy.v1beta1.AllowedCSIDriverio"
    ".k8s.api.policy.v1beta1.AllowedFlexVolumeio.k8s.api.policy.v1beta1.AllowedHostPathio.k8s.api.policy."
    "v1beta1.EvictionEvictionpolicy/v1beta1io.k8s.api.policy.v1beta1.FSGroupStrategyOptionsio.k8s.api.pol"
    "icy.v1beta1.HostPortRangeio.k8s.api.policy.v1beta1.IDRangeio.k8s.api.policy.v1beta1.PodDisruptionBud"
    "getio.k8s.api.policy.v1beta1.PodDisruptionBudgetListio.k8s.api.policy.v1beta1.PodDisruptionBudgetSpe"
    "cio.k8s.api.policy.v1beta1.PodDisruptionBudgetStatusio.k8s.api.policy.v1beta1.PodSecurityPolicyPodSe"
    "curityPolicyio.k8s.api.policy.v1beta1.PodSecurityPolicyListPodSecurityPolicyListio.k8s.api.policy.v1"
    "beta1.PodSecurityPolicySpecio.k8s.api.policy.v1beta1.RunAsGroupStrategyOptionsio.k8s.api.policy.v1be"
    "ta1.RunAsUserStrategyOptionsio.k8s.api.policy.v1beta1.RuntimeClassStrategyOptionsio.k8s.api.policy.v"
    "1beta1.SELinuxStrategyOptionsio.k8s.api.policy.v1beta1.SupplementalGroupsStrategyOptionsio.k8s.api.r"
    "bac.v1.AggregationRuleio.k8s.api.rbac.v1.ClusterRoleClusterRolerbac.authorization.k8s.io/v1io.k8s.ap"
    "i.rbac.v1.ClusterRoleBindingClusterRoleBindingio.k8s.api.rbac.v1.ClusterRoleBindingListClusterRoleBi"
    "ndingListio.k8s.api.rbac.v1.ClusterRoleListClusterRoleListio.k8s.api.rbac.v1.PolicyRuleio.k8s.api.rb"
    "ac.v1.RoleRoleio.k8s.api.rbac.v1.RoleBindingRoleBindingio.k8s.api.rbac.v1.RoleBindingListRoleBinding"
    "Listio.k8s.api.rbac.v1.RoleListRoleListio.k8s.api.rbac.v1.RoleRefio.k8s.api.rbac.v1.Subjectio.k8s.ap"
    "i.rbac.v1beta1.AggregationRuleio.k8s.api.rbac.v1beta1.ClusterRolerbac.authorization.k8s.io/v1beta1io"
    ".k8s.api.rbac.v1beta1.ClusterRoleBindingio.k8s.api.rbac.v1beta1.ClusterRoleBindingListio.k8s.api.rba"
    "c.v1beta1.ClusterRoleListio.k8s.api.rbac.v1beta1.PolicyRuleio.k8s.api.rbac.v1beta1.Roleio.k8s.api.rb"
    "ac.v1beta1.RoleBindingio.k8s.api.rbac.v1beta1.RoleBindingListio.k8s.api.rbac.v1beta1.RoleListio.k8s."
    "api.rbac.v1beta1.RoleRefio.k8s.api.rbac.v1beta1.Subjectio.k8s.api.scheduling.v1.PriorityClassPriorit"
    "yClassscheduling.k8s.io/v1io.k8s.api.scheduling.v1.PriorityClassListPriorityClassListio.k8s.api.sche"
    "duling.v1beta1.PriorityClassscheduling.k8s.io/v1beta1io.k8s.api.scheduling.v1beta1.PriorityClassList"
    "io.k8s.api.storage.v1.CSIDriverCSIDriverstorage.k8s.io/v1io.k8s.api.storage.v1.CSIDriverListCSIDrive"
    "rListio.k8s.api.storage.v1.CSIDriverSpecio.k8s.api.storage.v1.CSINodeCSINodeio.k8s.api.storage.v1.CS"
    "INodeDriverio.k8s.api.storage.v1.CSINodeListCSINodeListio.k8s.api.storage.v1.CSINodeSpecio.k8s.api.s"
    "torage.v1.StorageClassStorageClassio.k8s.api.storage.v1.StorageClassListStorageClassListio.k8s.api.s"
    "torage.v1.TokenRequestio.k8s.api.storage.v1.VolumeAttachmentVolumeAttachmentio.k8s.api.storage.v1.Vo"
    "lumeAttachmentListVolumeAttachmentListio.k8s.api.storage.v1.VolumeAttachmentSourceio.k8s.api.storage"
    ".v1.VolumeAttachmentSpecio.k8s.api.storage.v1.VolumeAttachmentStatusio.k8s.api.storage.v1.VolumeErro"
    "rio.k8s.api.storage.v1.VolumeNodeResourcesio.k8s.api.storage.v1beta1.CSIDriverstorage.k8s.io/v1beta1"
    "io.k8s.api.storage.v1beta1.CSIDriverListio.k8s.api.storage.v1beta1.CSIDriverSpecio.k8s.api.storage.v"
    "1beta1.CSINodeio.k8s.api.storage.v1beta1.CSINodeDriverio.k8s.api.storage.v1beta1.CSINodeListio.k8s.a"
    "pi.storage.v1beta1.CSINodeSpecio.k8s.api.storage.v1beta1.CSIStorageCapacityCSIStorageCapacity",
    "io.k8s.api.storage.v1beta1.CSIStorageCapacityListCSIStorageCapacityListio.k8s.api.storage.v1beta1.St"
    "orageClassio.k8s.api.storage.v1beta1.StorageClassListio.k8s.api.storage.v1beta1.TokenRequestio.k8s.a"
    "pi.storage.v1beta1.VolumeAttachmentio.k8s.api.storage.v1beta1.VolumeAttachmentListio.k8s.api.storage"
    ".v1beta1.VolumeAttachmentSourceio.k8s.api.storage.v1beta1.VolumeAttachmentSpecio.k8s.api.storage.v1b"
    "eta1.VolumeAttachmentStatusio.k8s.api.storage.v1beta1.VolumeErrorio.k8s.api.storage.v1beta1.VolumeNo"
    "deResourcesio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinitionio"
    ".k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversionio.k8s.apiextensions-"
    "apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCustomResourceDefinitionapiextensions.k8"
    "s.io/v1io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionConditionio."
    "k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionListCustomResourceDefi"
    "nitionListio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNamesio.k"
    "8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpecio.k8s.apiextension"
    "s-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatusio.k8s.apiextensions-apiserver.p"
    "kg.apis.apiextensions.v1.CustomResourceDefinitionVersionio.k8s.apiextensions-apiserver.pkg.apis.apie"
    "xtensions.v1.CustomResourceSubresourceScaleio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."
    "CustomResourceSubresourceStatusio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResour"
    "ceSubresourcesio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidationio.k8"
    "s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentationio.k8s.apiextensions-apiser"
    "ver.pkg.apis.apiextensions.v1.JSONio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchem"
    "aPropsio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArrayio.k8s.apiexten"
    "sions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBoolio.k8s.apiextensions-apiserver.pkg.ap"
    "is.apiextensions.v1.JSONSchemaPropsOrStringArrayio.k8s.apiextensions-apiserver.pkg.apis.apiextension"
    "s.v1.ServiceReferenceio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfigio."
    "k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversionio.k8s.apiextensions-apiserve"
    "r.pkg.apis.apiextensions.v1beta1.CustomResourceColumnDefinitionio.k8s.apiextensions-apiserver.pkg.ap"
    "is.apiextensions.v1beta1.CustomResourceConversionio.k8s.apiextensions-apiserver.pkg.apis.apiextensio"
    "ns.v1beta1.CustomResourceDefinitionapiextensions.k8s.io/v1beta1io.k8s.apiextensions-apiserver.pkg.ap"
    "is.apiextensions.v1beta1.CustomResourceDefinitionConditionio.k8s.apiextensions-apiserver.pkg.apis.ap"
    "iextensions.v1beta1.CustomResourceDefinitionListio.k8s.apiextensions-apiserver.pkg.apis.apiextension"
    "s.v1beta1.CustomResourceDefinitionNamesio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1"
    ".CustomResourceDefinitionSpecio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomRes"
    "ourceDefinitionStatusio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceDef"
    "initionVersionio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourc"
    "eScaleio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourceStatusi"
    "o.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceSubresourcesio.k8s.apiext"
    "ensions-apiserver.pkg.apis.apiextensions.v1beta1.CustomResourceValidationio.k8s.apiextensions-apiser"
    "ver.pkg.apis.apiextensions.v1beta1.ExternalDocumentationio.k8s.apiextensions-apiserver.pkg.apis.apie"
    "xtensions.v1beta1.JSONio.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsi"
    "o.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrArrayio.k8s.apiextensi"
    "ons-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrBool",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1beta1.JSONSchemaPropsOrStringArrayio.k8s.api"
    "extensions-apiserver.pkg.apis.apiextensions.v1beta1.ServiceReferenceio.k8s.apiextensions-apiserver.p"
    "kg.apis.apiextensions.v1beta1.WebhookClientConfigio.k8s.apimachinery.pkg.api.resource.Quantityio.k8s"
    ".apimachinery.pkg.apis.meta.v1.APIGroupAPIGroupio.k8s.apimachinery.pkg.apis.meta.v1.APIGroupListAPIG"
    "roupListio.k8s.apimachinery.pkg.apis.meta.v1.APIResourceio.k8s.apimachinery.pkg.apis.meta.v1.APIReso"
    "urceListAPIResourceListio.k8s.apimachinery.pkg.apis.meta.v1.APIVersionsAPIVersionsio.k8s.apimachiner"
    "y.pkg.apis.meta.v1.Conditionio.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptionsDeleteOptionsadmission"
    ".k8s.io/v1admission.k8s.io/v1beta1apiregistration.k8s.io/v1apiregistration.k8s.io/v1beta1apps/v1beta"
    "1apps/v1beta2flowcontrol.apiserver.k8s.io/v1alpha1imagepolicy.k8s.io/v1alpha1internal.apiserver.k8s."
    "io/v1alpha1node.k8s.io/v1alpha1rbac.authorization.k8s.io/v1alpha1scheduling.k8s.io/v1alpha1storage.k"
    "8s.io/v1alpha1io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1io.k8s.apimachinery.pkg.apis.meta.v1.Grou"
    "pVersionForDiscoveryio.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorio.k8s.apimachinery.pkg.apis.m"
    "eta.v1.LabelSelectorRequirementio.k8s.apimachinery.pkg.apis.meta.v1.ListMetaio.k8s.apimachinery.pkg."
    "apis.meta.v1.ManagedFieldsEntryio.k8s.apimachinery.pkg.apis.meta.v1.MicroTimeio.k8s.apimachinery.pkg"
    ".apis.meta.v1.ObjectMetaio.k8s.apimachinery.pkg.apis.meta.v1.OwnerReferenceio.k8s.apimachinery.pkg.a"
    "pis.meta.v1.Patchio.k8s.apimachinery.pkg.apis.meta.v1.Preconditionsio.k8s.apimachinery.pkg.apis.meta"
    ".v1.ServerAddressByClientCIDRio.k8s.apimachinery.pkg.apis.meta.v1.StatusStatusio.k8s.apimachinery.pk"
    "g.apis.meta.v1.StatusCauseio.k8s.apimachinery.pkg.apis.meta.v1.StatusDetailsio.k8s.apimachinery.pkg."
    "apis.meta.v1.Timeio.k8s.apimachinery.pkg.apis.meta.v1.WatchEventWatchEventio.k8s.apimachinery.pkg.ru"
    "ntime.RawExtensionio.k8s.apimachinery.pkg.util.intstr.IntOrStringio.k8s.apimachinery.pkg.version.Inf"
    "oio.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceAPIServiceio.k8s.kube-aggregator.pkg.a"
    "pis.apiregistration.v1.APIServiceConditionio.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServ"
    "iceListAPIServiceListio.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpecio.k8s.kube-ag"
    "gregator.pkg.apis.apiregistration.v1.APIServiceStatusio.k8s.kube-aggregator.pkg.apis.apiregistration"
    ".v1.ServiceReferenceio.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceio.k8s.kube-ag"
    "gregator.pkg.apis.apiregistration.v1beta1.APIServiceConditionio.k8s.kube-aggregator.pkg.apis.apiregi"
    "stration.v1beta1.APIServiceListio.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceSpe"
    "cio.k8s.kube-aggregator.pkg.apis.apiregistration.v1beta1.APIServiceStatusio.k8s.kube-aggregator.pkg."
    "apis.apiregistration.v1beta1.ServiceReferencekustomize.ConfigMapArgsConfigMapArgskustomize.config.k8"
    "s.io/v1beta1kustomize.GeneratorArgsGeneratorArgskustomize.KustomizationKustomizationkustomize.KvPair"
    "SourcesKvPairSourceskustomize.SecretArgsSecretArgsNodeProxyOptionsPodAttachOptionsPodExecOptionsPodP"
    "ortForwardOptionsPodProxyOptionsServiceProxyOptionsadmissionReviewVersionsclientConfigfailurePolicym"
    "atchPolicynamenamespaceSelectorobjectSelectorreinvocationPolicyrulessideEffectstimeoutSecondsapiVers"
    "ionkindmetadatawebhooksitemsapiGroupsapiVersionsoperationsresourcesscopenamespacepathportcaBundleser"
    "viceurldatarevisionspecstatuslastTransitionTimemessagereasontypeminReadySecondsrevisionHistoryLimits"
    "electortemplateupdateStrategycollisionCountconditionscurrentNumberScheduleddesiredNumberSchedulednum"
    "berAvailablenumberMisschedulednumberReadynumberUnavailableobservedGenerationupdatedNumberScheduledro"
    "llingUpdatelastUpdateTimepausedprogressDeadlineSecondsreplicasstrategyavailableReplicasreadyReplicas"
    "unavailableReplicasupdatedReplicasfullyLabeledReplicasmaxSurgemaxUnavailablepartitionpodManagementPo"
    "licyserviceNamevolumeClaimTemplatescurrentReplicascurrentRevisionupdateRevisionuidaudiences",
    "boundObjectRefexpirationSecondsexpirationTimestamptokenauthenticatederroruserextragroupsusernameverb"
    "nonResourceURLsverbsgroupresourcesubresourceversionresourceNamesnonResourceAttributesresourceAttribu"
    "tesalloweddeniedevaluationErrorincompletenonResourceRulesresourceRulesmaxReplicasminReplicasscaleTar"
    "getReftargetCPUUtilizationPercentagecurrentCPUUtilizationPercentagedesiredReplicaslastScaleTimeconta"
    "inertargetAverageUtilizationtargetAverageValuecurrentAverageUtilizationcurrentAverageValuemetricName"
    "metricSelectortargetValuecurrentValuemetricscurrentMetricscontainerResourceexternalobjectpodsaverage"
    "ValuetargetcurrentmetricperiodSecondsvaluepoliciesselectPolicystabilizationWindowSecondsscaleDownsca"
    "leUpbehavioraverageUtilizationdescribedObjectconcurrencyPolicyfailedJobsHistoryLimitjobTemplatesched"
    "ulestartingDeadlineSecondssuccessfulJobsHistoryLimitsuspendactivelastScheduleTimelastSuccessfulTimel"
    "astProbeTimeactiveDeadlineSecondsbackoffLimitcompletionModecompletionsmanualSelectorparallelismttlSe"
    "condsAfterFinishedcompletedIndexescompletionTimefailedstartTimesucceededrequestsignerNameusagescerti"
    "ficateacquireTimeholderIdentityleaseDurationSecondsleaseTransitionsrenewTimefsTypereadOnlyvolumeIDno"
    "deAffinitypodAffinitypodAntiAffinitydevicePathcachingModediskNamediskURIsecretNamesecretNamespacesha"
    "reNamecontrollerExpandSecretRefcontrollerPublishSecretRefdrivernodePublishSecretRefnodeStageSecretRe"
    "fvolumeAttributesvolumeHandleadddropmonitorssecretFilesecretRefbinaryDataimmutableoptionalkeykubelet"
    "ConfigKeyresourceVersiondefaultModeargscommandenvenvFromimageimagePullPolicylifecyclelivenessProbepo"
    "rtsreadinessProbesecurityContextstartupProbestdinstdinOnceterminationMessagePathterminationMessagePo"
    "licyttyvolumeDevicesvolumeMountsworkingDirnamessizeBytescontainerPorthostIPhostPortprotocolrunningte"
    "rminatedwaitingstartedAtcontainerIDexitCodefinishedAtsignalimageIDlastStatereadyrestartCountstarteds"
    "tatePortfieldRefmoderesourceFieldRefmediumsizeLimithostnameipnodeNametargetRefappProtocoladdressesno"
    "tReadyAddressessubsetsconfigMapRefprefixvalueFromconfigMapKeyRefsecretKeyReftargetContainerNamevolum"
    "eClaimTemplateactioncounteventTimefirstTimestampinvolvedObjectlastTimestamprelatedreportingComponent"
    "reportingInstanceseriessourcelastObservedTimecomponenthostluntargetWWNswwidsoptionsdatasetNamedatase"
    "tUUIDpdNamedirectoryrepositoryendpointsendpointsNamespacehttpHeadersschemeexechttpGettcpSockethostna"
    "meschapAuthDiscoverychapAuthSessioninitiatorNameiqniscsiInterfaceportalstargetPortalpostStartpreStop"
    "defaultdefaultRequestmaxmaxLimitRequestRatiominlimitsingressserverfinalizersphaseaddresspreferredDur"
    "ingSchedulingIgnoredDuringExecutionrequiredDuringSchedulingIgnoredDuringExecutionlastHeartbeatTimeco"
    "nfigMapassignedlastKnownGoodkubeletEndpointnodeSelectorTermsoperatorvaluesmatchExpressionsmatchField"
    "sconfigSourceexternalIDpodCIDRpodCIDRsproviderIDtaintsunschedulableallocatablecapacityconfigdaemonEn"
    "dpointsimagesnodeInfovolumesAttachedvolumesInUsearchitecturebootIDcontainerRuntimeVersionkernelVersi"
    "onkubeProxyVersionkubeletVersionmachineIDoperatingSystemosImagesystemUUIDfieldPathaccessModesdataSou"
    "rcestorageClassNamevolumeModevolumeNameclaimNameawsElasticBlockStoreazureDiskazureFilecephfscindercl"
    "aimRefcsifcflexVolumeflockergcePersistentDiskglusterfshostPathiscsilocalmountOptionsnfspersistentVol"
    "umeReclaimPolicyphotonPersistentDiskportworxVolumequobyterbdscaleIOstorageosvsphereVolumepdIDlabelSe"
    "lectornamespacestopologyKeynameserverssearchesconditionTypefsGroupfsGroupChangePolicyrunAsGrouprunAs"
    "NonRootrunAsUserseLinuxOptionsseccompProfilesupplementalGroupssysctlswindowsOptionsaffinityautomount"
    "ServiceAccountTokencontainersdnsConfigdnsPolicyenableServiceLinksephemeralContainershostAliaseshostI"
    "PChostNetworkhostPIDimagePullSecretsinitContainersnodeSelectoroverheadpreemptionPolicyprioritypriori"
    "tyClassNamereadinessGatesrestartPolicyruntimeClassNameschedulerNameserviceAccountserviceAccountNames"
    "etHostnameAsFQDNshareProcessNamespacesubdomainterminationGracePeriodSecondstolerations",
    "topologySpreadConstraintsvolumescontainerStatusesephemeralContainerStatusesinitContainerStatusesnomi"
    "natedNodeNamepodIPpodIPsqosClasspreferenceweightfailureThresholdinitialDelaySecondssuccessThresholds"
    "ourcesregistrytenantvolumekeyringpoolcontainerNamedivisorhardscopeSelectorscopesusedrequestslevelrol"
    "egatewayprotectionDomainsslEnabledstorageModestoragePoolsystemscopeNamelocalhostProfilestringDataall"
    "owPrivilegeEscalationcapabilitiesprivilegedprocMountreadOnlyRootFilesystemsecretsaudiencenodePorttar"
    "getPortallocateLoadBalancerNodePortsclusterIPclusterIPsexternalIPsexternalNameexternalTrafficPolicyh"
    "ealthCheckNodePortinternalTrafficPolicyipFamiliesipFamilyPolicyloadBalancerClassloadBalancerIPloadBa"
    "lancerSourceRangespublishNotReadyAddressessessionAffinitysessionAffinityConfigtopologyKeysloadBalanc"
    "erclientIPvolumeNamespaceeffecttimeAddedtolerationSecondsmatchLabelExpressionsmaxSkewwhenUnsatisfiab"
    "leapiGroupdownwardAPIemptyDirephemeralgitRepopersistentVolumeClaimprojectedsecretmountPathmountPropa"
    "gationsubPathsubPathExprrequiredserviceAccountTokenstoragePolicyIDstoragePolicyNamevolumePathpodAffi"
    "nityTermgmsaCredentialSpecgmsaCredentialSpecNamerunAsUserNamedeprecatedTopologyhintszoneservingtermi"
    "natingforZonesaddressTypetopologydeprecatedCountdeprecatedFirstTimestampdeprecatedLastTimestampdepre"
    "catedSourcenoteregardingreportingControllerbackendpathTypepathsservicePorthttpingressClassNametlshos"
    "tsdistinguisherMethodmatchingPrecedencepriorityLevelConfigurationqueuingassuredConcurrencyShareslimi"
    "tResponsesubjectslimitedhandSizequeueLengthLimitqueuesclusterScopecidrexceptcontrollerparametersdefa"
    "ultBackendtofromipBlockpodSelectorendPortegresspolicyTypesnumberpodFixedhandlerschedulingminAvailabl"
    "ecurrentHealthydesiredHealthydisruptedPodsdisruptionsAllowedexpectedPodspathPrefixdeleteOptionsrange"
    "sruleallowedCSIDriversallowedCapabilitiesallowedFlexVolumesallowedHostPathsallowedProcMountTypesallo"
    "wedUnsafeSysctlsdefaultAddCapabilitiesdefaultAllowPrivilegeEscalationforbiddenSysctlshostPortsrequir"
    "edDropCapabilitiesruntimeClassseLinuxallowedRuntimeClassNamesdefaultRuntimeClassNameclusterRoleSelec"
    "torsaggregationRuleroleRefdescriptionglobalDefaultattachRequiredfsGroupPolicypodInfoOnMountrequiresR"
    "epublishstorageCapacitytokenRequestsvolumeLifecycleModesnodeIDdriversallowVolumeExpansionallowedTopo"
    "logiesprovisionerreclaimPolicyvolumeBindingModeinlineVolumeSpecpersistentVolumeNameattacherattachErr"
    "orattachedattachmentMetadatadetachErrortimemaximumVolumeSizenodeTopologyformatjsonPathwebhookcategor"
    "ieslistKindpluralshortNamessingularconversionpreserveUnknownFieldsversionsacceptedNamesstoredVersion"
    "sadditionalPrinterColumnsdeprecateddeprecationWarningschemaservedstoragesubresourceslabelSelectorPat"
    "hspecReplicasPathstatusReplicasPathscaleopenAPIV3Schema$ref$schemaadditionalItemsadditionalPropertie"
    "sallOfanyOfdefinitionsdependenciesenumexampleexclusiveMaximumexclusiveMinimumexternalDocsidmaxItemsm"
    "axLengthmaxPropertiesmaximumminItemsminLengthminPropertiesminimummultipleOfnotnullableoneOfpatternpa"
    "tternPropertiespropertiestitleuniqueItemsx-kubernetes-embedded-resourcex-kubernetes-int-or-stringx-k"
    "ubernetes-list-map-keysx-kubernetes-list-typex-kubernetes-map-typex-kubernetes-preserve-unknown-fiel"
    "dsconversionReviewVersionsJSONPathwebhookClientConfigvalidationpreferredVersionserverAddressByClient"
    "CIDRsnamespacedsingularNamestorageVersionHashgroupVersiondryRungracePeriodSecondsorphanDependentspre"
    "conditionspropagationPolicymatchLabelscontinueremainingItemCountselfLinkfieldsTypefieldsV1managerope"
    "rationannotationsclusterNamecreationTimestampdeletionGracePeriodSecondsdeletionTimestampgenerateName"
    "generationlabelsmanagedFieldsownerReferencesblockOwnerDeletionclientCIDRserverAddresscodedetailsfiel"
    "dcausesretryAfterSecondsbuildDatecompilergitCommitgitTreeStategitVersiongoVersionmajorminorplatformg"
    "roupPriorityMinimuminsecureSkipTLSVerifyversionPriorityconfigMapGeneratorsecretGeneratorenvsfileslit"
    "erals",
};

static const struct schema_type_row builtin_types[] = {
    {0, 0, 0, 11, 0}, {0, 0, 11, 4, 0}, {0, 0, 15, 4, 0}, {0, 0, 19, 5, 0}, {0, 0, 24, 4, 0}, {0, 0, 28, 10, 0}, {0, 0, 38, 4, 0},
    {0, 0, 42, 4, 0}, {0, 0, 46, 3, 0}, {0, 0, 49, 11, 0}, {0, 0, 60, 4, 0}, {0, 0, 64, 4, 0}, {0, 0, 68, 5, 0}, {0, 0, 73, 4, 0},
    {0, 0, 77, 10, 0}, {0, 0, 87, 4, 0}, {0, 0, 91, 4, 0}, {0, 0, 95, 3, 0}, {0, 0, 98, 5, 0}, {0, 0, 103, 4, 0}, {0, 0, 107, 5, 0},
    {0, 0, 112, 5, 0}, {0, 0, 117, 4, 0}, {0, 0, 121, 5, 0}, {0, 0, 126, 10, 0}, {0, 0, 136, 2, 0}, {0, 0, 138, 5, 0},
    {0, 0, 143, 6, 0}, {0, 0, 149, 4, 0}, {0, 0, 153, 8, 0}, {0, 0, 161, 8, 0}, {0, 0, 169, 2, 0}, {0, 0, 171, 5, 0},
    {0, 0, 176, 5, 0}, {0, 0, 181, 4, 0}, {0, 0, 185, 4, 0}, {0, 0, 189, 6, 0}, {0, 0, 195, 2, 0}, {0, 0, 197, 2, 0},
    {0, 0, 199, 1, 0}, {0, 0, 200, 5, 0}, {0, 0, 205, 5, 0}, {0, 0, 210, 4, 0}, {0, 0, 214, 8, 0}, {0, 0, 222, 9, 0},
    {0, 0, 231, 2, 0}, {0, 0, 233, 4, 0}, {0, 0, 237, 5, 0}, {0, 0, 242, 3, 0}, {0, 0, 245, 2, 0}, {0, 0, 247, 5, 0},
    {0, 0, 252, 2, 0}, {0, 0, 254, 4, 0}, {0, 0, 258, 4, 0}, {0, 0, 262, 5, 0}, {0, 0, 267, 2, 0}, {0, 0, 269, 4, 0},
    {0, 0, 273, 4, 0}, {0, 0, 277, 5, 0}, {0, 0, 282, 2, 0}, {0, 0, 284, 2, 0}, {0, 0, 286, 7, 0}, {0, 0, 293, 4, 0},
    {0, 0, 297, 5, 0}, {0, 0, 302, 2, 0}, {0, 0, 304, 5, 0}, {0, 0, 309, 1, 0}, {0, 0, 310, 5, 0}, {0, 0, 315, 6, 0},
    {0, 0, 321, 4, 0}, {0, 0, 325, 4, 0}, {0, 0, 329, 5, 0}, {0, 0, 334, 2, 0}, {0, 0, 336, 2, 0}, {0, 0, 338, 7, 0},
    {0, 0, 345, 4, 0}, {0, 0, 349, 5, 0}, {0, 0, 354, 2, 0}, {0, 0, 356, 5, 0}, {0, 0, 361, 1, 0}, {0, 0, 362, 5, 0},
    {0, 0, 367, 6, 0}, {0, 0, 373, 4, 0}, {0, 0, 377, 4, 0}, {0, 0, 381, 3, 0}, {0, 0, 384, 5, 0}, {0, 0, 389, 4, 0},
    {0, 0, 393, 4, 0}, {0, 0, 397, 5, 0}, {0, 0, 402, 5, 0}, {0, 0, 407, 1, 0}, {0, 0, 408, 2, 0}, {0, 0, 410, 4, 0},
    {0, 0, 414, 4, 0}, {0, 0, 418, 3, 0}, {0, 0, 421, 4, 0}, {0, 0, 425, 4, 0}, {0, 0, 429, 5, 0}, {0, 0, 434, 5, 0},
    {0, 0, 439, 4, 0}, {0, 0, 443, 4, 0}, {0, 0, 447, 6, 0}, {0, 0, 453, 6, 0}, {0, 0, 459, 6, 0}, {0, 0, 465, 5, 0},
    {0, 0, 470, 5, 0}, {0, 0, 475, 3, 0}, {0, 0, 478, 3, 0}, {0, 0, 481, 3, 0}, {0, 0, 484, 3, 0}, {0, 0, 487, 3, 0},
    {0, 0, 490, 3, 0}, {0, 0, 493, 3, 0}, {0, 0, 496, 2, 0}, {0, 0, 498, 2, 0}, {0, 0, 500, 3, 0}, {0, 0, 503, 3, 0},
    {0, 0, 506, 5, 0}, {0, 0, 511, 2, 0}, {0, 0, 513, 5, 0}, {0, 0, 518, 4, 0}, {0, 0, 522, 5, 0}, {0, 0, 527, 6, 0},
    {0, 0, 533, 2, 0}, {0, 0, 535, 6, 0}, {0, 0, 541, 6, 0}, {0, 0, 547, 4, 0}, {0, 0, 551, 3, 0}, {0, 0, 554, 3, 0},
    {0, 0, 557, 3, 0}, {0, 0, 560, 2, 0}, {0, 0, 562, 2, 0}, {0, 0, 564, 2, 0}, {0, 0, 566, 2, 0}, {0, 0, 568, 5, 0},
    {0, 0, 573, 4, 0}, {0, 0, 577, 7, 0}, {0, 0, 584, 3, 0}, {0, 0, 587, 5, 0}, {0, 0, 592, 6, 0}, {0, 0, 598, 4, 0},
    {0, 0, 602, 10, 0}, {0, 0, 612, 7, 0}, {0, 0, 619, 2, 0}, {0, 0, 621, 5, 0}, {0, 0, 626, 4, 0}, {0, 0, 630, 7, 0},
    {0, 0, 637, 3, 0}, {0, 0, 640, 2, 0}, {0, 0, 642, 5, 0}, {0, 0, 647, 6, 0}, {0, 0, 653, 4, 0}, {0, 0, 657, 7, 0},
    {0, 0, 664, 2, 0}, {0, 0, 666, 5, 0}, {0, 0, 671, 6, 0}, {0, 0, 677, 4, 0}, {0, 0, 681, 7, 0}, {0, 0, 688, 2, 0},
    {0, 0, 690, 4, 0}, {0, 0, 694, 4, 0}, {0, 0, 698, 5, 0}, {0, 0, 703, 4, 0}, {0, 0, 707, 4, 0}, {0, 0, 711, 5, 0},
    {0, 0, 716, 4, 0}, {0, 0, 720, 3, 0}, {0, 0, 723, 2, 0}, {0, 0, 725, 6, 0}, {0, 0, 731, 4, 0}, {0, 0, 735, 3, 0},
    {0, 0, 738, 4, 0}, {0, 0, 742, 9, 0}, {0, 0, 751, 5, 0}, {0, 0, 756, 2, 0}, {0, 0, 758, 6, 0}, {0, 0, 764, 6, 0},
    {0, 0, 770, 4, 0}, {0, 0, 774, 4, 0}, {0, 0, 778, 1, 0}, {0, 0, 779, 4, 0}, {0, 0, 783, 4, 0}, {0, 0, 787, 4, 0},
    {0, 0, 791, 6, 0}, {0, 0, 797, 2, 0}, {0, 0, 799, 3, 0}, {0, 0, 802, 4, 0}, {0, 0, 806, 5, 0}, {0, 0, 811, 3, 0},
    {0, 0, 814, 4, 0}, {0, 0, 818, 22, 0}, {0, 0, 840, 2, 0}, {0, 0, 842, 5, 0}, {0, 0, 847, 3, 0}, {0, 0, 850, 1, 0},
    {0, 0, 851, 7, 0}, {0, 0, 858, 2, 0}, {0, 0, 860, 9, 0}, {0, 0, 869, 1, 0}, {0, 0, 870, 1, 0}, {0, 0, 871, 4, 0},
    {0, 0, 875, 2, 0}, {0, 0, 877, 2, 0}, {0, 0, 879, 4, 0}, {0, 0, 883, 4, 0}, {0, 0, 887, 3, 0}, {0, 0, 890, 4, 0},
    {0, 0, 894, 4, 0}, {0, 0, 898, 3, 0}, {0, 0, 901, 3, 0}, {0, 0, 904, 4, 0}, {0, 0, 908, 23, 0}, {0, 0, 931, 1, 0},
    {0, 0, 932, 17, 0}, {0, 0, 949, 4, 0}, {0, 0, 953, 2, 0}, {0, 0, 955, 2, 0}, {0, 0, 957, 1, 0}, {0, 0, 958, 5, 0},
    {0, 0, 963, 5, 0}, {0, 0, 968, 5, 0}, {0, 0, 973, 2, 0}, {0, 0, 975, 4, 0}, {0, 0, 979, 3, 0}, {0, 0, 982, 4, 0},
    {0, 0, 986, 3, 0}, {0, 0, 989, 5, 0}, {0, 0, 994, 2, 0}, {0, 0, 996, 3, 0}, {0, 0, 999, 2, 0}, {0, 0, 1001, 2, 0},
    {0, 0, 1003, 11, 0}, {0, 0, 1014, 11, 0}, {0, 0, 1025, 3, 0}, {0, 0, 1028, 2, 0}, {0, 0, 1030, 4, 0}, {0, 0, 1034, 6, 0},
    {0, 0, 1040, 4, 0}, {0, 0, 1044, 1, 0}, {0, 0, 1045, 3, 0}, {0, 0, 1048, 1, 0}, {0, 0, 1049, 1, 0}, {0, 0, 1050, 2, 0},
    {0, 0, 1052, 3, 0}, {0, 0, 1055, 5, 0}, {0, 0, 1060, 5, 0}, {0, 0, 1065, 4, 0}, {0, 0, 1069, 1, 0}, {0, 0, 1070, 2, 0},
    {0, 0, 1072, 5, 0}, {0, 0, 1077, 2, 0}, {0, 0, 1079, 2, 0}, {0, 0, 1081, 6, 0}, {0, 0, 1087, 1, 0}, {0, 0, 1088, 4, 0},
    {0, 0, 1092, 1, 0}, {0, 0, 1093, 4, 0}, {0, 0, 1097, 1, 0}, {0, 0, 1098, 3, 0}, {0, 0, 1101, 2, 0}, {0, 0, 1103, 7, 0},
    {0, 0, 1110, 11, 0}, {0, 0, 1121, 10, 0}, {0, 0, 1131, 2, 0}, {0, 0, 1133, 7, 0}, {0, 0, 1140, 5, 0}, {0, 0, 1145, 5, 0},
    {0, 0, 1150, 6, 0}, {0, 0, 1156, 4, 0}, {0, 0, 1160, 7, 0}, {0, 0, 1167, 4, 0}, {0, 0, 1171, 2, 0}, {0, 0, 1173, 2, 0},
    {0, 0, 1175, 4, 0}, {0, 0, 1179, 30, 0}, {0, 0, 1209, 3, 0}, {0, 0, 1212, 2, 0}, {0, 0, 1214, 5, 0}, {0, 0, 1219, 2, 0},
    {0, 0, 1221, 4, 0}, {0, 0, 1225, 2, 0}, {0, 0, 1227, 6, 0}, {0, 0, 1233, 3, 0}, {0, 0, 1236, 2, 0}, {0, 0, 1238, 1, 0},
    {0, 0, 1239, 4, 0}, {0, 0, 1243, 1, 0}, {0, 0, 1244, 10, 0}, {0, 0, 1254, 35, 0}, {0, 0, 1289, 13, 0}, {0, 0, 1302, 4, 0},
    {0, 0, 1306, 4, 0}, {0, 0, 1310, 2, 0}, {0, 0, 1312, 3, 0}, {0, 0, 1315, 3, 0}, {0, 0, 1318, 2, 0}, {0, 0, 1320, 9, 0},
    {0, 0, 1329, 2, 0}, {0, 0, 1331, 6, 0}, {0, 0, 1337, 8, 0}, {0, 0, 1345, 8, 0}, {0, 0, 1353, 5, 0}, {0, 0, 1358, 5, 0},
    {0, 0, 1363, 4, 0}, {0, 0, 1367, 4, 0}, {0, 0, 1371, 6, 0}, {0, 0, 1377, 3, 0}, {0, 0, 1380, 5, 0}, {0, 0, 1385, 4, 0},
    {0, 0, 1389, 3, 0}, {0, 0, 1392, 2, 0}, {0, 0, 1394, 2, 0}, {0, 0, 1396, 4, 0}, {0, 0, 1400, 10, 0}, {0, 0, 1410, 10, 0},
    {0, 0, 1420, 1, 0}, {0, 0, 1421, 3, 0}, {0, 0, 1424, 2, 0}, {0, 0, 1426, 7, 0}, {0, 0, 1433, 2, 0}, {0, 0, 1435, 3, 0},
    {0, 0, 1438, 4, 0}, {0, 0, 1442, 3, 0}, {0, 0, 1445, 2, 0}, {0, 0, 1447, 4, 0}, {0, 0, 1451, 11, 0}, {0, 0, 1462, 5, 0},
    {0, 0, 1467, 6, 0}, {0, 0, 1473, 4, 0}, {0, 0, 1477, 3, 0}, {0, 0, 1480, 4, 0}, {0, 0, 1484, 6, 0}, {0, 0, 1490, 20, 0},
    {0, 0, 1510, 2, 0}, {0, 0, 1512, 1, 0}, {0, 0, 1513, 5, 0}, {0, 0, 1518, 5, 0}, {0, 0, 1523, 2, 0}, {0, 0, 1525, 2, 0},
    {0, 0, 1527, 4, 0}, {0, 0, 1531, 5, 0}, {0, 0, 1536, 2, 0}, {0, 0, 1538, 1, 0}, {0, 0, 1539, 4, 0}, {0, 0, 1543, 3, 0},
    {0, 0, 1546, 30, 0}, {0, 0, 1576, 2, 0}, {0, 0, 1578, 6, 0}, {0, 0, 1584, 1, 0}, {0, 0, 1585, 4, 0}, {0, 0, 1589, 4, 0},
    {0, 0, 1593, 2, 0}, {0, 0, 1595, 3, 0}, {0, 0, 1598, 8, 0}, {0, 0, 1606, 3, 0}, {0, 0, 1609, 1, 0}, {0, 0, 1610, 4, 0},
    {0, 0, 1614, 6, 0}, {0, 0, 1620, 4, 0}, {0, 0, 1624, 1, 0}, {0, 0, 1625, 7, 0}, {0, 0, 1632, 3, 0}, {0, 0, 1635, 1, 0},
    {0, 0, 1636, 4, 0}, {0, 0, 1640, 6, 0}, {0, 0, 1646, 4, 0}, {0, 0, 1650, 1, 0}, {0, 0, 1651, 17, 0}, {0, 0, 1668, 4, 0},
    {0, 0, 1672, 2, 0}, {0, 0, 1674, 17, 0}, {0, 0, 1691, 4, 0}, {0, 0, 1695, 2, 0}, {0, 0, 1697, 3, 0}, {0, 0, 1700, 1, 0},
    {0, 0, 1701, 5, 0}, {0, 0, 1706, 3, 0}, {0, 0, 1709, 4, 0}, {0, 0, 1713, 2, 0}, {0, 0, 1715, 4, 0}, {0, 0, 1719, 1, 0},
    {0, 0, 1720, 2, 0}, {0, 0, 1722, 1, 0}, {0, 0, 1723, 5, 0}, {0, 0, 1728, 5, 0}, {0, 0, 1733, 4, 0}, {0, 0, 1737, 4, 0},
    {0, 0, 1741, 1, 0}, {0, 0, 1742, 1, 0}, {0, 0, 1743, 2, 0}, {0, 0, 1745, 2, 0}, {0, 0, 1747, 2, 0}, {0, 0, 1749, 3, 0},
    {0, 0, 1752, 5, 0}, {0, 0, 1757, 5, 0}, {0, 0, 1762, 4, 0}, {0, 0, 1766, 1, 0}, {0, 0, 1767, 2, 0}, {0, 0, 1769, 1, 0},
    {0, 0, 1770, 3, 0}, {0, 0, 1773, 5, 0}, {0, 0, 1778, 2, 0}, {0, 0, 1780, 4, 0}, {0, 0, 1784, 1, 0}, {0, 0, 1785, 3, 0},
    {0, 0, 1788, 1, 0}, {0, 0, 1789, 2, 0}, {0, 0, 1791, 5, 0}, {0, 0, 1796, 2, 0}, {0, 0, 1798, 4, 0}, {0, 0, 1802, 4, 0},
    {0, 0, 1806, 5, 0}, {0, 0, 1811, 2, 0}, {0, 0, 1813, 4, 0}, {0, 0, 1817, 2, 0}, {0, 0, 1819, 2, 0}, {0, 0, 1821, 4, 0},
    {0, 0, 1825, 1, 0}, {0, 0, 1826, 2, 0}, {0, 0, 1828, 4, 0}, {0, 0, 1832, 2, 0}, {0, 0, 1834, 2, 0}, {0, 0, 1836, 4, 0},
    {0, 0, 1840, 3, 0}, {0, 0, 1843, 3, 0}, {0, 0, 1846, 4, 0}, {0, 0, 1850, 2, 0}, {0, 0, 1852, 3, 0}, {0, 0, 1855, 1, 0},
    {0, 0, 1856, 5, 0}, {0, 0, 1861, 3, 0}, {0, 0, 1864, 4, 0}, {0, 0, 1868, 4, 0}, {0, 0, 1872, 5, 0}, {0, 0, 1877, 2, 0},
    {0, 0, 1879, 4, 0}, {0, 0, 1883, 2, 0}, {0, 0, 1885, 4, 0}, {0, 0, 1889, 1, 0}, {0, 0, 1890, 2, 0}, {0, 0, 1892, 1, 0},
    {0, 0, 1893, 6, 0}, {0, 0, 1899, 4, 0}, {0, 0, 1903, 2, 0}, {0, 0, 1905, 1, 0}, {0, 0, 1906, 6, 0}, {0, 0, 1912, 4, 0},
    {0, 0, 1916, 2, 0}, {0, 0, 1918, 5, 0}, {0, 0, 1923, 4, 0}, {0, 0, 1927, 3, 0}, {0, 0, 1930, 7, 0}, {0, 0, 1937, 1, 0},
    {0, 0, 1938, 1, 0}, {0, 0, 1939, 2, 0}, {0, 0, 1941, 4, 0}, {0, 0, 1945, 2, 0}, {0, 0, 1947, 2, 0}, {0, 0, 1949, 2, 0},
    {0, 0, 1951, 5, 0}, {0, 0, 1956, 4, 0}, {0, 0, 1960, 3, 0}, {0, 0, 1963, 7, 0}, {0, 0, 1970, 4, 0}, {0, 0, 1974, 4, 0},
    {0, 0, 1978, 24, 0}, {0, 0, 2002, 2, 0}, {0, 0, 2004, 2, 0}, {0, 0, 2006, 2, 0}, {0, 0, 2008, 2, 0}, {0, 0, 2010, 2, 0},
    {0, 0, 2012, 1, 0}, {0, 0, 2013, 5, 0}, {0, 0, 2018, 5, 0}, {0, 0, 2023, 4, 0}, {0, 0, 2027, 4, 0}, {0, 0, 2031, 5, 0},
    {0, 0, 2036, 4, 0}, {0, 0, 2040, 5, 0}, {0, 0, 2045, 4, 0}, {0, 0, 2049, 4, 0}, {0, 0, 2053, 3, 0}, {0, 0, 2056, 4, 0},
    {0, 0, 2060, 1, 0}, {0, 0, 2061, 5, 0}, {0, 0, 2066, 5, 0}, {0, 0, 2071, 4, 0}, {0, 0, 2075, 4, 0}, {0, 0, 2079, 5, 0},
    {0, 0, 2084, 4, 0}, {0, 0, 2088, 5, 0}, {0, 0, 2093, 4, 0}, {0, 0, 2097, 4, 0}, {0, 0, 2101, 3, 0}, {0, 0, 2104, 4, 0},
    {0, 0, 2108, 7, 0}, {0, 0, 2115, 4, 0}, {0, 0, 2119, 7, 0}, {0, 0, 2126, 4, 0}, {0, 0, 2130, 4, 0}, {0, 0, 2134, 4, 0},
    {0, 0, 2138, 7, 0}, {0, 0, 2145, 4, 0}, {0, 0, 2149, 4, 0}, {0, 0, 2153, 4, 0}, {0, 0, 2157, 1, 0}, {0, 0, 2158, 10, 0},
    {0, 0, 2168, 4, 0}, {0, 0, 2172, 2, 0}, {0, 0, 2174, 5, 0}, {0, 0, 2179, 4, 0}, {0, 0, 2183, 2, 0}, {0, 0, 2185, 3, 0},
    {0, 0, 2188, 4, 0}, {0, 0, 2192, 2, 0}, {0, 0, 2194, 1, 0}, {0, 0, 2195, 4, 0}, {0, 0, 2199, 4, 0}, {0, 0, 2203, 7, 0},
    {0, 0, 2210, 4, 0}, {0, 0, 2214, 4, 0}, {0, 0, 2218, 4, 0}, {0, 0, 2222, 1, 0}, {0, 0, 2223, 7, 0}, {0, 0, 2230, 4, 0},
    {0, 0, 2234, 10, 0}, {0, 0, 2244, 4, 0}, {0, 0, 2248, 2, 0}, {0, 0, 2250, 5, 0}, {0, 0, 2255, 4, 0}, {0, 0, 2259, 2, 0},
    {0, 0, 2261, 3, 0}, {0, 0, 2264, 4, 0}, {0, 0, 2268, 2, 0}, {0, 0, 2270, 1, 0}, {0, 0, 2271, 6, 0}, {0, 0, 2277, 2, 0},
    {0, 0, 2279, 5, 0}, {0, 0, 2284, 5, 0}, {0, 0, 2289, 4, 0}, {0, 0, 2293, 6, 0}, {0, 0, 2299, 6, 0}, {0, 0, 2305, 3, 0},
    {0, 0, 2308, 8, 0}, {0, 0, 2316, 3, 0}, {0, 0, 2319, 0, 0}, {0, 0, 2319, 2, 0}, {0, 0, 2321, 1, 0}, {0, 0, 2322, 2, 0},
    {0, 0, 2324, 0, 0}, {0, 0, 2324, 43, 0}, {0, 0, 2367, 0, 0}, {0, 0, 2367, 0, 0}, {0, 0, 2367, 0, 0}, {0, 0, 2367, 4, 0},
    {0, 0, 2371, 3, 0}, {0, 0, 2374, 2, 0}, {0, 0, 2376, 6, 0}, {0, 0, 2382, 3, 0}, {0, 0, 2385, 5, 0}, {0, 0, 2390, 5, 0},
    {0, 0, 2395, 4, 0}, {0, 0, 2399, 6, 0}, {0, 0, 2405, 10, 0}, {0, 0, 2415, 3, 0}, {0, 0, 2418, 8, 0}, {0, 0, 2426, 3, 0},
    {0, 0, 2429, 0, 0}, {0, 0, 2429, 2, 0}, {0, 0, 2431, 1, 0}, {0, 0, 2432, 2, 0}, {0, 0, 2434, 0, 0}, {0, 0, 2434, 43, 0},
    {0, 0, 2477, 0, 0}, {0, 0, 2477, 0, 0}, {0, 0, 2477, 0, 0}, {0, 0, 2477, 4, 0}, {0, 0, 2481, 3, 0}, {0, 0, 2484, 0, 0},
    {0, 0, 2484, 6, 0}, {0, 0, 2490, 3, 0}, {0, 0, 2493, 10, 0}, {0, 0, 2503, 4, 0}, {0, 0, 2507, 4, 0}, {0, 0, 2511, 6, 0},
    {0, 0, 2517, 7, 0}, {0, 0, 2524, 0, 0}, {0, 0, 2524, 2, 0}, {0, 0, 2526, 2, 0}, {0, 0, 2528, 3, 0}, {0, 0, 2531, 4, 0},
    {0, 0, 2535, 6, 0}, {0, 0, 2541, 0, 0}, {0, 0, 2541, 16, 0}, {0, 0, 2557, 6, 0}, {0, 0, 2563, 0, 0}, {0, 0, 2563, 2, 0},
    {0, 0, 2565, 2, 0}, {0, 0, 2567, 8, 0}, {0, 0, 2575, 3, 0}, {0, 0, 2578, 6, 0}, {0, 0, 2584, 0, 0}, {0, 0, 2584, 2, 0},
    {0, 0, 2586, 0, 0}, {0, 0, 2586, 0, 0}, {0, 0, 2586, 9, 0}, {0, 0, 2595, 5, 0}, {0, 0, 2600, 5, 0}, {0, 0, 2605, 4, 0},
    {0, 0, 2609, 7, 0}, {0, 0, 2616, 1, 0}, {0, 0, 2617, 3, 0}, {0, 0, 2620, 5, 0}, {0, 0, 2625, 5, 0}, {0, 0, 2630, 4, 0},
    {0, 0, 2634, 7, 0}, {0, 0, 2641, 1, 0}, {0, 0, 2642, 3, 0}, {0, 0, 2645, 1, 0}, {0, 0, 2646, 4, 0}, {0, 0, 2650, 2, 0},
    {0, 0, 2652, 4, 0}, {0, 0, 2656, 2, 0}, {625, 0, 2658, 0, 0}, {0, 0, 2658, 0, 0}, {4, 0, 2658, 0, 0}, {1, 0, 2658, 0, 1},
    {2, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {4, 0, 2658, 0, 0}, {6, 0, 2658, 0, 1}, {7, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {13, 0, 2658, 0, 0}, {10, 0, 2658, 0, 1},
    {11, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {13, 0, 2658, 0, 0}, {15, 0, 2658, 0, 1}, {16, 0, 2658, 0, 0}, {19, 0, 2658, 0, 0}, {21, 0, 2658, 0, 0}, {22, 0, 2658, 0, 2},
    {27, 0, 2658, 0, 0}, {28, 0, 2658, 0, 2}, {33, 0, 2658, 0, 0}, {34, 0, 2658, 0, 2}, {41, 0, 2658, 0, 0}, {267, 0, 2658, 0, 0},
    {42, 0, 2658, 0, 2}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {61, 0, 2658, 0, 0}, {63, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {74, 0, 2658, 0, 0}, {76, 0, 2658, 0, 0},
    {86, 0, 2658, 0, 0}, {98, 0, 2658, 0, 0}, {103, 0, 2658, 0, 0}, {99, 0, 2658, 0, 0}, {104, 0, 2658, 0, 0}, {116, 0, 2658, 0, 0},
    {118, 0, 2658, 0, 0}, {125, 0, 2658, 0, 0}, {120, 0, 2658, 0, 0}, {126, 0, 2658, 0, 0}, {135, 0, 2658, 0, 0}, {265, 0, 2658, 0, 0},
    {139, 0, 2658, 0, 0}, {140, 0, 2658, 0, 2}, {145, 0, 2658, 0, 0}, {265, 0, 2658, 0, 0}, {150, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {151, 0, 2658, 0, 0}, {155, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {156, 0, 2658, 0, 0}, {160, 0, 2658, 0, 0}, {163, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {0, 625, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {181, 0, 2658, 0, 2}, {182, 0, 2658, 0, 0},
    {0, 625, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {184, 0, 2658, 0, 0}, {234, 0, 2658, 0, 0}, {234, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {210, 0, 2658, 0, 1}, {209, 0, 2658, 0, 0}, {193, 0, 2658, 0, 3}, {347, 0, 2658, 0, 4}, {348, 0, 2658, 0, 5},
    {625, 0, 2658, 0, 0}, {201, 0, 2658, 0, 0}, {201, 0, 2658, 0, 0}, {204, 0, 2658, 0, 0}, {204, 0, 2658, 0, 0}, {205, 0, 2658, 0, 0},
    {206, 0, 2658, 0, 0}, {207, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {210, 0, 2658, 0, 1}, {209, 0, 2658, 0, 0},
    {193, 0, 2658, 0, 0}, {347, 0, 2658, 0, 4}, {348, 0, 2658, 0, 5}, {214, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {228, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0},
    {236, 0, 2658, 0, 0}, {237, 0, 2658, 0, 0}, {294, 0, 2658, 0, 0}, {240, 0, 2658, 0, 0}, {245, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {246, 0, 2658, 0, 2}, {296, 0, 2658, 0, 0}, {250, 0, 2658, 0, 0}, {260, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {259, 0, 2658, 0, 0},
    {259, 0, 2658, 0, 0}, {625, 0, 2658, 0, 6}, {340, 0, 2658, 0, 0}, {251, 0, 2658, 0, 2}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0},
    {253, 0, 2658, 0, 2}, {192, 0, 2658, 0, 0}, {168, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {267, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {268, 0, 2658, 0, 2}, {266, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {352, 0, 2658, 0, 0}, {280, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {352, 0, 2658, 0, 0}, {280, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {284, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {278, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {338, 0, 2658, 0, 0},
    {191, 0, 2658, 0, 1}, {212, 0, 2658, 0, 1}, {230, 0, 2658, 0, 7}, {242, 0, 2658, 0, 1}, {191, 0, 2658, 0, 1}, {0, 625, 2658, 0, 0},
    {0, 579, 2658, 0, 0}, {287, 0, 2658, 0, 0}, {341, 0, 2658, 0, 0}, {344, 0, 2658, 0, 8}, {346, 0, 2658, 0, 1}, {282, 0, 2658, 0, 2},
    {198, 0, 2658, 0, 0}, {198, 0, 2658, 0, 0}, {198, 0, 2658, 0, 0}, {285, 0, 2658, 0, 7}, {291, 0, 2658, 0, 0}, {350, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {302, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {303, 0, 2658, 0, 2}, {308, 0, 2658, 0, 0},
    {0, 579, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {0, 579, 2658, 0, 0},
    {317, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {319, 0, 2658, 0, 0}, {234, 0, 2658, 0, 0},
    {234, 0, 2658, 0, 0}, {242, 0, 2658, 0, 0}, {265, 0, 2658, 0, 1}, {328, 0, 2658, 0, 0}, {327, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {332, 0, 2658, 0, 9}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {585, 0, 2658, 0, 2}, {625, 0, 2658, 0, 0}, {342, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {360, 0, 2658, 0, 0},
    {354, 0, 2658, 0, 0}, {357, 0, 2658, 0, 0}, {358, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {367, 0, 2658, 0, 0},
    {361, 0, 2658, 0, 0}, {364, 0, 2658, 0, 0}, {365, 0, 2658, 0, 0}, {368, 0, 2658, 0, 0}, {371, 0, 2658, 0, 0}, {374, 0, 2658, 0, 0},
    {376, 0, 2658, 0, 0}, {379, 0, 2658, 0, 0}, {382, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {384, 0, 2658, 0, 0}, {393, 0, 2658, 0, 0},
    {385, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {392, 0, 2658, 0, 0}, {401, 0, 2658, 0, 0}, {403, 0, 2658, 0, 0},
    {394, 0, 2658, 0, 0}, {395, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {405, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {410, 0, 2658, 0, 0}, {408, 0, 2658, 0, 0}, {415, 0, 2658, 0, 0}, {419, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {425, 0, 2658, 0, 0}, {424, 0, 2658, 0, 0}, {424, 0, 2658, 0, 0}, {425, 0, 2658, 0, 0}, {420, 0, 2658, 0, 0},
    {421, 0, 2658, 0, 0}, {422, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {428, 0, 2658, 0, 0}, {432, 0, 2658, 0, 0}, {430, 0, 2658, 0, 0},
    {437, 0, 2658, 0, 0}, {440, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {442, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0},
    {341, 0, 2658, 0, 0}, {0, 579, 2658, 0, 0}, {446, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {341, 0, 2658, 0, 0}, {449, 0, 2658, 0, 0},
    {585, 0, 2658, 0, 2}, {0, 602, 2658, 0, 0}, {459, 0, 2658, 0, 0}, {460, 0, 2658, 0, 0}, {585, 0, 2658, 0, 2}, {0, 602, 2658, 0, 0},
    {464, 0, 2658, 0, 0}, {453, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {454, 0, 2658, 0, 0}, {455, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {458, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {459, 0, 2658, 0, 0}, {459, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {459, 0, 2658, 0, 0}, {589, 0, 2658, 0, 0}, {477, 0, 2658, 0, 0},
    {483, 0, 2658, 0, 0}, {474, 0, 2658, 0, 0}, {473, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {477, 0, 2658, 0, 0}, {483, 0, 2658, 0, 0}, {479, 0, 2658, 0, 0}, {478, 0, 2658, 0, 0},
    {589, 0, 2658, 0, 0}, {489, 0, 2658, 0, 0}, {495, 0, 2658, 0, 0}, {486, 0, 2658, 0, 0}, {485, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {489, 0, 2658, 0, 0}, {495, 0, 2658, 0, 0},
    {491, 0, 2658, 0, 0}, {490, 0, 2658, 0, 0}, {496, 0, 2658, 0, 0}, {498, 0, 2658, 0, 0}, {500, 0, 2658, 0, 0}, {509, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {503, 0, 2658, 0, 0}, {504, 0, 2658, 0, 1}, {343, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {0, 625, 2658, 0, 0}, {507, 0, 2658, 0, 0}, {510, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {517, 0, 2658, 0, 0}, {528, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {520, 0, 2658, 0, 0}, {521, 0, 2658, 0, 1}, {524, 0, 2658, 0, 0}, {343, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {526, 0, 2658, 0, 0}, {529, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {538, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {544, 0, 2658, 0, 0}, {539, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {536, 0, 2658, 0, 0},
    {551, 0, 2658, 0, 0}, {551, 0, 2658, 0, 0}, {0, 551, 2658, 0, 0}, {0, 554, 2658, 0, 0}, {550, 0, 2658, 0, 0}, {551, 0, 2658, 0, 0},
    {0, 551, 2658, 0, 0}, {0, 551, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {560, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {558, 0, 2658, 0, 0}, {566, 0, 2658, 0, 0}, {561, 0, 2658, 0, 0},
    {625, 0, 2658, 0, 0}, {558, 0, 2658, 0, 0}, {573, 0, 2658, 0, 0}, {573, 0, 2658, 0, 0}, {0, 573, 2658, 0, 0}, {0, 576, 2658, 0, 0},
    {572, 0, 2658, 0, 0}, {573, 0, 2658, 0, 0}, {0, 573, 2658, 0, 0}, {0, 573, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {598, 0, 2658, 0, 0}, {588, 0, 2658, 0, 0}, {580, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
    {582, 0, 2658, 0, 0}, {598, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {590, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0},
    {0, 0, 2658, 0, 10}, {625, 0, 2658, 0, 0}, {0, 625, 2658, 0, 0}, {625, 0, 2658, 0, 6}, {0, 625, 2658, 0, 0}, {592, 0, 2658, 0, 0},
    {595, 0, 2658, 0, 11}, {600, 0, 2658, 0, 0}, {607, 0, 2658, 0, 0}, {608, 0, 2658, 0, 2}, {613, 0, 2658, 0, 0},
    {614, 0, 2658, 0, 2}, {619, 0, 2658, 0, 1}, {623, 0, 2658, 0, 1}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0}, {625, 0, 2658, 0, 0},
};

static const struct schema_field_row builtin_fields[] = {
    {{31151, 23}, 624}, {{31174, 12}, 9}, {{31186, 13}, 625}, {{31199, 11}, 625}, {{31210, 4}, 625}, {{31214, 17}, 589},
    {{31231, 14}, 589}, {{31245, 18}, 625}, {{31263, 5}, 626}, {{31268, 11}, 625}, {{31279, 14}, 625}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31315, 8}, 627}, {{31293, 10}, 625}, {{31323, 5}, 628}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{31328, 9}, 629}, {{31337, 11}, 630}, {{31348, 10}, 631}, {{31358, 9}, 632}, {{31367, 5}, 625},
    {{31210, 4}, 625}, {{31372, 9}, 625}, {{31381, 4}, 625}, {{31385, 4}, 625}, {{31151, 23}, 633}, {{31174, 12}, 9},
    {{31186, 13}, 625}, {{31199, 11}, 625}, {{31210, 4}, 625}, {{31214, 17}, 589}, {{31231, 14}, 589}, {{31263, 5}, 634},
    {{31268, 11}, 625}, {{31279, 14}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31315, 8}, 635},
    {{31293, 10}, 625}, {{31323, 5}, 636}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31389, 8}, 625}, {{31397, 7}, 5},
    {{31404, 3}, 625}, {{31151, 23}, 637}, {{31174, 12}, 18}, {{31186, 13}, 625}, {{31199, 11}, 625}, {{31210, 4}, 625},
    {{31214, 17}, 589}, {{31231, 14}, 589}, {{31245, 18}, 625}, {{31263, 5}, 638}, {{31268, 11}, 625}, {{31279, 14}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31315, 8}, 639}, {{31293, 10}, 625}, {{31323, 5}, 640},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{31328, 9}, 641}, {{31337, 11}, 642}, {{31348, 10}, 643}, {{31358, 9}, 644},
    {{31367, 5}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31381, 4}, 625}, {{31385, 4}, 625}, {{31151, 23}, 645},
    {{31174, 12}, 18}, {{31186, 13}, 625}, {{31199, 11}, 625}, {{31210, 4}, 625}, {{31214, 17}, 589}, {{31231, 14}, 589},
    {{31263, 5}, 646}, {{31268, 11}, 625}, {{31279, 14}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31315, 8}, 647}, {{31293, 10}, 625}, {{31323, 5}, 648}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31389, 8}, 625},
    {{31397, 7}, 14}, {{31404, 3}, 625}, {{31293, 10}, 625}, {{31407, 4}, 604}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31411, 8}, 625}, {{31293, 10}, 625}, {{31323, 5}, 649}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 24}, {{31423, 6}, 25}, {{31429, 18}, 602}, {{31447, 7}, 625},
    {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 650}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{31464, 15}, 625}, {{31479, 20}, 625}, {{31499, 8}, 589}, {{31507, 8}, 293}, {{31515, 14}, 26},
    {{31529, 14}, 625}, {{31543, 10}, 651}, {{31553, 22}, 625}, {{31575, 22}, 625}, {{31597, 15}, 625}, {{31612, 18}, 625},
    {{31630, 11}, 625}, {{31641, 17}, 625}, {{31658, 18}, 625}, {{31676, 22}, 625}, {{31698, 13}, 38}, {{31460, 4}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 30}, {{31423, 6}, 31}, {{31429, 18}, 602},
    {{31711, 14}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 652}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31464, 15}, 625}, {{31725, 6}, 625}, {{31731, 23}, 625},
    {{31754, 8}, 625}, {{31479, 20}, 625}, {{31499, 8}, 589}, {{31762, 8}, 32}, {{31507, 8}, 293}, {{31770, 17}, 625},
    {{31529, 14}, 625}, {{31543, 10}, 653}, {{31658, 18}, 625}, {{31787, 13}, 625}, {{31754, 8}, 625}, {{31800, 19}, 625},
    {{31819, 15}, 625}, {{31698, 13}, 39}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 36}, {{31423, 6}, 37}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 654}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31464, 15}, 625},
    {{31754, 8}, 625}, {{31499, 8}, 589}, {{31507, 8}, 293}, {{31770, 17}, 625}, {{31543, 10}, 655}, {{31834, 20}, 625},
    {{31658, 18}, 625}, {{31787, 13}, 625}, {{31754, 8}, 625}, {{31854, 8}, 605}, {{31862, 14}, 605}, {{31854, 8}, 605},
    {{31862, 14}, 605}, {{31876, 9}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 44},
    {{31423, 6}, 45}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625},
    {{31293, 10}, 625}, {{31323, 5}, 656}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31885, 19}, 625}, {{31754, 8}, 625},
    {{31479, 20}, 625}, {{31499, 8}, 589}, {{31904, 11}, 625}, {{31507, 8}, 293}, {{31515, 14}, 46}, {{31915, 20}, 657},
    {{31529, 14}, 625}, {{31543, 10}, 658}, {{31935, 15}, 625}, {{31950, 15}, 625}, {{31658, 18}, 625}, {{31787, 13}, 625},
    {{31754, 8}, 625}, {{31965, 14}, 625}, {{31819, 15}, 625}, {{31698, 13}, 40}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31210, 4}, 625}, {{31979, 3}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 49}, {{31423, 6}, 50}, {{31982, 9}, 659}, {{32000, 14}, 47}, {{32014, 17}, 625}, {{32031, 19}, 602},
    {{32050, 5}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 52}, {{31423, 6}, 53},
    {{31982, 9}, 660}, {{32050, 5}, 625}, {{31982, 9}, 661}, {{32055, 13}, 625}, {{32068, 5}, 625}, {{32073, 4}, 54},
    {{32077, 5}, 662}, {{32082, 6}, 663}, {{31979, 3}, 625}, {{32088, 8}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 56}, {{31423, 6}, 57}, {{31982, 9}, 664}, {{32050, 5}, 625}, {{31982, 9}, 665},
    {{32055, 13}, 625}, {{32068, 5}, 625}, {{32073, 4}, 58}, {{32077, 5}, 666}, {{32082, 6}, 667}, {{31979, 3}, 625},
    {{32088, 8}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 69}, {{31423, 6}, 70},
    {{31381, 4}, 625}, {{32096, 4}, 625}, {{32100, 15}, 668}, {{32115, 5}, 669}, {{32120, 5}, 625}, {{31210, 4}, 625},
    {{31372, 9}, 625}, {{32125, 8}, 625}, {{32133, 11}, 625}, {{32096, 4}, 625}, {{32144, 7}, 625}, {{31328, 9}, 670},
    {{32151, 13}, 671}, {{31358, 9}, 672}, {{32115, 5}, 673}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 65}, {{31423, 6}, 70}, {{32164, 21}, 60}, {{32185, 18}, 62}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 67}, {{31423, 6}, 71}, {{31372, 9}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 69}, {{31423, 6}, 70}, {{32077, 5}, 674}, {{32082, 6}, 675}, {{32164, 21}, 60},
    {{32185, 18}, 62}, {{31979, 3}, 625}, {{32073, 4}, 625}, {{32203, 7}, 625}, {{32210, 6}, 625}, {{32216, 15}, 625},
    {{31454, 6}, 625}, {{32216, 15}, 625}, {{32231, 10}, 625}, {{32241, 16}, 676}, {{32257, 13}, 677}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 82}, {{31423, 6}, 83}, {{31381, 4}, 625}, {{32096, 4}, 625},
    {{32100, 15}, 678}, {{32115, 5}, 679}, {{32120, 5}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{32125, 8}, 625},
    {{32133, 11}, 625}, {{32096, 4}, 625}, {{32144, 7}, 625}, {{31328, 9}, 680}, {{32151, 13}, 681}, {{31358, 9}, 682},
    {{32115, 5}, 683}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 78}, {{31423, 6}, 83},
    {{32164, 21}, 73}, {{32185, 18}, 75}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 80},
    {{31423, 6}, 84}, {{31372, 9}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 82},
    {{31423, 6}, 83}, {{32077, 5}, 684}, {{32120, 5}, 685}, {{32164, 21}, 73}, {{32185, 18}, 75}, {{31979, 3}, 625},
    {{32073, 4}, 625}, {{32203, 7}, 625}, {{32210, 6}, 625}, {{32216, 15}, 625}, {{31454, 6}, 625}, {{32216, 15}, 625},
    {{32231, 10}, 625}, {{32241, 16}, 686}, {{32257, 13}, 687}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 88}, {{31423, 6}, 89}, {{31293, 10}, 625},
    {{31323, 5}, 688}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{32270, 11}, 625}, {{32281, 11}, 625}, {{32292, 14}, 85},
    {{32306, 30}, 625}, {{32336, 31}, 625}, {{31935, 15}, 625}, {{32367, 15}, 625}, {{32382, 13}, 602}, {{31658, 18}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 91}, {{31423, 6}, 92}, {{31754, 8}, 625},
    {{31754, 8}, 625}, {{31499, 8}, 625}, {{32395, 9}, 625}, {{31210, 4}, 625}, {{32404, 24}, 625}, {{32428, 18}, 579},
    {{32395, 9}, 625}, {{32446, 25}, 625}, {{32471, 19}, 579}, {{31210, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31210, 4}, 625}, {{32490, 10}, 625}, {{32500, 14}, 589}, {{32428, 18}, 579}, {{32514, 11}, 579}, {{32471, 19}, 579},
    {{32525, 12}, 579}, {{32490, 10}, 625}, {{32500, 14}, 589}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 101}, {{31423, 6}, 102}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 689}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{32270, 11}, 625},
    {{32537, 7}, 690}, {{32281, 11}, 625}, {{32292, 14}, 95}, {{31543, 10}, 691}, {{32544, 14}, 692}, {{31935, 15}, 625},
    {{32367, 15}, 625}, {{32382, 13}, 602}, {{31658, 18}, 625}, {{32558, 17}, 93}, {{32575, 8}, 96}, {{32583, 6}, 105},
    {{32589, 4}, 107}, {{32125, 8}, 109}, {{31460, 4}, 625}, {{32558, 17}, 94}, {{32575, 8}, 97}, {{32583, 6}, 106},
    {{32589, 4}, 108}, {{32125, 8}, 110}, {{31460, 4}, 625}, {{32593, 12}, 579}, {{32490, 10}, 625}, {{31499, 8}, 589},
    {{32605, 6}, 95}, {{32514, 11}, 579}, {{32593, 12}, 579}, {{32525, 12}, 579}, {{32490, 10}, 625}, {{31499, 8}, 589},
    {{32605, 6}, 95}, {{32490, 10}, 625}, {{31499, 8}, 589}, {{32428, 18}, 579}, {{32471, 19}, 579}, {{32490, 10}, 625},
    {{31499, 8}, 589}, {{31210, 4}, 625}, {{32404, 24}, 625}, {{32428, 18}, 579}, {{32446, 25}, 625}, {{32471, 19}, 579},
    {{31210, 4}, 625}, {{32395, 9}, 625}, {{31210, 4}, 625}, {{32605, 6}, 127}, {{32395, 9}, 625}, {{32611, 7}, 128},
    {{31210, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{32618, 6}, 124}, {{32605, 6}, 127},
    {{32611, 7}, 128}, {{32618, 6}, 124}, {{32624, 13}, 625}, {{31460, 4}, 625}, {{32637, 5}, 625}, {{32642, 8}, 693},
    {{32650, 12}, 625}, {{32662, 26}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 122},
    {{31423, 6}, 123}, {{32688, 9}, 117}, {{32697, 7}, 117}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625},
    {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 694}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{32704, 8}, 119}, {{32270, 11}, 625}, {{32537, 7}, 695}, {{32281, 11}, 625}, {{32292, 14}, 113}, {{31543, 10}, 696},
    {{32544, 14}, 697}, {{31935, 15}, 625}, {{32367, 15}, 625}, {{32382, 13}, 602}, {{31658, 18}, 625}, {{31210, 4}, 625},
    {{31499, 8}, 589}, {{32558, 17}, 111}, {{32575, 8}, 114}, {{32583, 6}, 129}, {{32589, 4}, 131}, {{32125, 8}, 133},
    {{31460, 4}, 625}, {{32558, 17}, 112}, {{32575, 8}, 115}, {{32583, 6}, 130}, {{32589, 4}, 132}, {{32125, 8}, 134},
    {{31460, 4}, 625}, {{32712, 18}, 625}, {{32593, 12}, 579}, {{31460, 4}, 625}, {{32637, 5}, 579}, {{32712, 18}, 625},
    {{32593, 12}, 579}, {{32637, 5}, 579}, {{32730, 15}, 113}, {{32618, 6}, 124}, {{32605, 6}, 127}, {{32611, 7}, 128},
    {{32730, 15}, 113}, {{32618, 6}, 124}, {{32618, 6}, 124}, {{32605, 6}, 127}, {{32611, 7}, 128}, {{32618, 6}, 124},
    {{31210, 4}, 625}, {{32605, 6}, 127}, {{32611, 7}, 128}, {{31210, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 137}, {{31423, 6}, 138}, {{31293, 10}, 625}, {{31323, 5}, 698}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{32745, 17}, 625}, {{32762, 22}, 625}, {{32784, 11}, 144}, {{32795, 8}, 625}, {{32803, 23}, 625},
    {{32826, 26}, 625}, {{32852, 7}, 625}, {{32859, 6}, 699}, {{32865, 16}, 602}, {{32881, 18}, 602}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 142}, {{31423, 6}, 143}, {{32899, 13}, 602}, {{31429, 18}, 602},
    {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 700},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{32912, 21}, 625}, {{32933, 12}, 625}, {{32945, 14}, 625}, {{32959, 11}, 625},
    {{32970, 14}, 625}, {{32984, 11}, 625}, {{31499, 8}, 589}, {{32852, 7}, 625}, {{31507, 8}, 293}, {{32995, 23}, 625},
    {{32859, 6}, 625}, {{33018, 16}, 625}, {{33034, 14}, 602}, {{31543, 10}, 701}, {{33048, 6}, 625}, {{33054, 9}, 602},
    {{33063, 9}, 625}, {{31307, 8}, 594}, {{31419, 4}, 142}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 147}, {{31423, 6}, 148}, {{31293, 10}, 625}, {{31323, 5}, 702}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{32745, 17}, 625}, {{32762, 22}, 625}, {{32784, 11}, 149}, {{32795, 8}, 625}, {{32803, 23}, 625}, {{32826, 26}, 625},
    {{32852, 7}, 625}, {{32859, 6}, 703}, {{32865, 16}, 602}, {{32881, 18}, 602}, {{31307, 8}, 594}, {{31419, 4}, 142},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 153}, {{31423, 6}, 154}, {{31429, 18}, 602},
    {{31711, 14}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 704}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{32077, 5}, 705}, {{32082, 6}, 706}, {{33072, 7}, 625},
    {{33079, 10}, 625}, {{31979, 3}, 625}, {{33089, 6}, 707}, {{32088, 8}, 625}, {{33095, 11}, 625}, {{31543, 10}, 708},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 158}, {{31423, 6}, 159}, {{31429, 18}, 602},
    {{31711, 14}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 709}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{32077, 5}, 710}, {{32082, 6}, 711}, {{33072, 7}, 625},
    {{33079, 10}, 625}, {{31979, 3}, 625}, {{33089, 6}, 712}, {{32088, 8}, 625}, {{33095, 11}, 625}, {{31543, 10}, 713},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 162}, {{31293, 10}, 625}, {{31323, 5}, 714},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{33106, 11}, 593}, {{33117, 14}, 625}, {{33131, 20}, 625}, {{33151, 16}, 625},
    {{33167, 9}, 593}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 165}, {{31293, 10}, 625},
    {{31323, 5}, 715}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{33106, 11}, 593}, {{33117, 14}, 625}, {{33131, 20}, 625},
    {{33151, 16}, 625}, {{33167, 9}, 593}, {{33176, 6}, 625}, {{31876, 9}, 625}, {{33182, 8}, 625}, {{33190, 8}, 625},
    {{33198, 12}, 252}, {{33210, 11}, 279}, {{33221, 15}, 281}, {{33236, 10}, 625}, {{31210, 4}, 625}, {{33246, 11}, 625},
    {{33257, 8}, 625}, {{33265, 7}, 625}, {{33176, 6}, 625}, {{31303, 4}, 625}, {{33182, 8}, 625}, {{33182, 8}, 625},
    {{33272, 10}, 625}, {{33282, 15}, 625}, {{33297, 9}, 625}, {{33182, 8}, 625}, {{33272, 10}, 625}, {{33297, 9}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{32605, 6}, 265}, {{33306, 25}, 324}, {{33331, 26}, 324},
    {{33357, 6}, 625}, {{33176, 6}, 625}, {{33363, 20}, 324}, {{33383, 18}, 324}, {{33182, 8}, 625}, {{33401, 16}, 716},
    {{33417, 12}, 625}, {{33357, 6}, 625}, {{33176, 6}, 625}, {{33363, 20}, 242}, {{33182, 8}, 625}, {{33401, 16}, 717},
    {{33429, 3}, 718}, {{33432, 4}, 719}, {{33436, 8}, 720}, {{31381, 4}, 625}, {{33182, 8}, 625}, {{33444, 10}, 625},
    {{33454, 9}, 324}, {{32073, 4}, 625}, {{33436, 8}, 721}, {{31381, 4}, 625}, {{33182, 8}, 625}, {{33444, 10}, 625},
    {{33454, 9}, 242}, {{32073, 4}, 625}, {{33176, 6}, 625}, {{33182, 8}, 625}, {{33454, 9}, 324}, {{33190, 8}, 625},
    {{33176, 6}, 625}, {{33182, 8}, 625}, {{33454, 9}, 242}, {{33190, 8}, 625}, {{31279, 14}, 625}, {{32068, 5}, 625},
    {{31447, 7}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31543, 10}, 722}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31293, 10}, 625}, {{31323, 5}, 723}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625},
    {{33463, 10}, 724}, {{31407, 4}, 725}, {{33473, 9}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31210, 4}, 625},
    {{33482, 8}, 625}, {{33490, 3}, 625}, {{31210, 4}, 625}, {{33482, 8}, 625}, {{31293, 10}, 625}, {{31323, 5}, 726},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{33493, 16}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{33509, 15}, 625},
    {{31979, 3}, 625}, {{31323, 5}, 727}, {{31210, 4}, 625}, {{33482, 8}, 625}, {{33524, 11}, 625}, {{31323, 5}, 728},
    {{31210, 4}, 625}, {{33482, 8}, 625}, {{33535, 4}, 729}, {{33539, 7}, 730}, {{33546, 3}, 731}, {{33549, 7}, 732},
    {{33556, 5}, 625}, {{33561, 15}, 625}, {{33576, 9}, 235}, {{33585, 13}, 297}, {{31210, 4}, 625}, {{33598, 5}, 733},
    {{33603, 14}, 297}, {{31358, 9}, 312}, {{33617, 15}, 326}, {{33632, 12}, 297}, {{33644, 5}, 625}, {{33649, 9}, 625},
    {{33658, 22}, 625}, {{33680, 24}, 625}, {{33704, 3}, 625}, {{33707, 13}, 734}, {{33720, 12}, 735}, {{33732, 10}, 625},
    {{33742, 5}, 736}, {{33747, 9}, 625}, {{33756, 13}, 625}, {{33769, 6}, 625}, {{33775, 8}, 625}, {{31210, 4}, 625},
    {{33783, 8}, 625}, {{33791, 7}, 195}, {{33798, 10}, 196}, {{33808, 7}, 197}, {{33815, 9}, 602}, {{33824, 11}, 625},
    {{33835, 8}, 625}, {{33843, 10}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{33853, 6}, 625}, {{33815, 9}, 602},
    {{31447, 7}, 625}, {{31454, 6}, 625}, {{33824, 11}, 625}, {{33556, 5}, 625}, {{33859, 7}, 625}, {{33866, 9}, 194},
    {{31210, 4}, 625}, {{33875, 5}, 625}, {{33880, 12}, 625}, {{33892, 7}, 625}, {{33899, 5}, 194}, {{33904, 4}, 625},
    {{31323, 5}, 737}, {{33908, 8}, 264}, {{33916, 4}, 625}, {{31381, 4}, 625}, {{33920, 16}, 307}, {{33524, 11}, 625},
    {{31323, 5}, 738}, {{33936, 6}, 625}, {{33942, 9}, 579}, {{33951, 8}, 625}, {{33959, 2}, 625}, {{33961, 8}, 625},
    {{33969, 9}, 265}, {{33978, 11}, 625}, {{31210, 4}, 625}, {{31385, 4}, 625}, {{33783, 8}, 625}, {{33989, 9}, 739},
    {{33998, 17}, 740}, {{33598, 5}, 741}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{34015, 7}, 742},
    {{31293, 10}, 625}, {{31323, 5}, 743}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34022, 12}, 185}, {{34034, 6}, 625},
    {{33454, 9}, 320}, {{31210, 4}, 625}, {{32637, 5}, 625}, {{34040, 9}, 211}, {{34049, 15}, 186}, {{33908, 8}, 264},
    {{33920, 16}, 307}, {{34064, 12}, 321}, {{33535, 4}, 744}, {{33539, 7}, 745}, {{33546, 3}, 746}, {{33549, 7}, 747},
    {{33556, 5}, 625}, {{33561, 15}, 625}, {{33576, 9}, 235}, {{33585, 13}, 297}, {{31210, 4}, 625}, {{33598, 5}, 748},
    {{33603, 14}, 297}, {{31358, 9}, 312}, {{33617, 15}, 326}, {{33632, 12}, 297}, {{33644, 5}, 625}, {{33649, 9}, 625},
    {{34076, 19}, 625}, {{33658, 22}, 625}, {{33680, 24}, 625}, {{33704, 3}, 625}, {{33707, 13}, 749}, {{33720, 12}, 750},
    {{33732, 10}, 625}, {{34095, 19}, 272}, {{34114, 6}, 625}, {{31293, 10}, 625}, {{34120, 5}, 625}, {{34125, 9}, 593},
    {{34134, 14}, 602}, {{34148, 14}, 265}, {{31303, 4}, 625}, {{34162, 13}, 602}, {{31447, 7}, 625}, {{31307, 8}, 594},
    {{31454, 6}, 625}, {{34175, 7}, 265}, {{34182, 18}, 625}, {{34200, 17}, 625}, {{34217, 6}, 216}, {{34223, 6}, 217},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 751}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34120, 5}, 625},
    {{34229, 16}, 593}, {{34245, 9}, 625}, {{34254, 4}, 625}, {{33539, 7}, 752}, {{33176, 6}, 625}, {{34258, 3}, 625},
    {{33182, 8}, 625}, {{34261, 10}, 753}, {{34271, 5}, 754}, {{33357, 6}, 625}, {{33176, 6}, 625}, {{34276, 7}, 755},
    {{33182, 8}, 625}, {{33454, 9}, 324}, {{33357, 6}, 625}, {{33176, 6}, 625}, {{34276, 7}, 756}, {{33182, 8}, 625},
    {{33454, 9}, 242}, {{34283, 11}, 625}, {{34294, 11}, 625}, {{33176, 6}, 625}, {{31876, 9}, 625}, {{34305, 6}, 625},
    {{33182, 8}, 625}, {{34311, 9}, 625}, {{34320, 10}, 625}, {{31411, 8}, 625}, {{34330, 9}, 625}, {{34339, 18}, 625},
    {{31381, 4}, 625}, {{33182, 8}, 625}, {{34330, 9}, 625}, {{31381, 4}, 625}, {{33182, 8}, 625}, {{34254, 4}, 625},
    {{34357, 11}, 757}, {{31381, 4}, 625}, {{31385, 4}, 605}, {{34368, 6}, 625}, {{31210, 4}, 625}, {{32637, 5}, 625},
    {{34374, 4}, 218}, {{34378, 7}, 227}, {{34385, 9}, 339}, {{34394, 9}, 758}, {{33959, 2}, 625}, {{31381, 4}, 625},
    {{31460, 4}, 625}, {{34403, 17}, 625}, {{34420, 15}, 625}, {{33176, 6}, 625}, {{34435, 13}, 625}, {{34448, 3}, 625},
    {{34451, 14}, 625}, {{34258, 3}, 625}, {{34465, 7}, 759}, {{33182, 8}, 625}, {{33454, 9}, 324}, {{34472, 12}, 625},
    {{34403, 17}, 625}, {{34420, 15}, 625}, {{33176, 6}, 625}, {{34435, 13}, 625}, {{34448, 3}, 625}, {{34451, 14}, 625},
    {{34258, 3}, 625}, {{34465, 7}, 760}, {{33182, 8}, 625}, {{33454, 9}, 242}, {{34472, 12}, 625}, {{33490, 3}, 625},
    {{33916, 4}, 625}, {{31381, 4}, 625}, {{34484, 9}, 229}, {{34493, 7}, 229}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 239}, {{34500, 7}, 761}, {{34507, 14}, 762}, {{34521, 3}, 763}, {{34524, 20}, 764},
    {{34544, 3}, 765}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 766}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{34547, 6}, 767}, {{33951, 8}, 625}, {{33959, 2}, 625}, {{33598, 5}, 768}, {{34553, 7}, 769}, {{31210, 4}, 625},
    {{33176, 6}, 625}, {{31381, 4}, 625}, {{31381, 4}, 625}, {{33182, 8}, 625}, {{34560, 6}, 625}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 248}, {{31423, 6}, 249}, {{31429, 18}, 602}, {{31447, 7}, 625},
    {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 770}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{34566, 10}, 771}, {{31543, 10}, 772}, {{34576, 5}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 261}, {{31423, 6}, 262}, {{34581, 7}, 625}, {{31460, 4}, 625}, {{34588, 47}, 773},
    {{34635, 46}, 258}, {{34681, 17}, 602}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{34698, 9}, 188}, {{32859, 6}, 254}, {{34707, 8}, 254}, {{32068, 5}, 625}, {{34715, 13}, 254},
    {{34728, 15}, 199}, {{31293, 10}, 625}, {{31323, 5}, 774}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34743, 17}, 775},
    {{33490, 3}, 625}, {{34760, 8}, 625}, {{34768, 6}, 776}, {{34774, 16}, 777}, {{34790, 11}, 778}, {{34801, 12}, 254},
    {{34813, 10}, 625}, {{34823, 7}, 625}, {{34830, 8}, 779}, {{34838, 10}, 625}, {{34848, 6}, 780}, {{34854, 13}, 625},
    {{33989, 9}, 781}, {{34867, 11}, 782}, {{34878, 8}, 783}, {{31543, 10}, 784}, {{34886, 6}, 255}, {{34892, 15}, 256},
    {{34907, 6}, 785}, {{34913, 8}, 263}, {{34576, 5}, 625}, {{34921, 15}, 786}, {{34936, 12}, 787}, {{34948, 12}, 625},
    {{34960, 6}, 625}, {{34966, 23}, 625}, {{34989, 13}, 625}, {{35002, 16}, 625}, {{35018, 14}, 625}, {{35032, 9}, 625},
    {{35041, 15}, 625}, {{35056, 7}, 625}, {{35063, 10}, 625}, {{31293, 10}, 625}, {{35073, 9}, 625}, {{31293, 10}, 625},
    {{35073, 9}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{33509, 15}, 625}, {{31979, 3}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 275}, {{31423, 6}, 276}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 270}, {{31423, 6}, 271}, {{32899, 13}, 602}, {{31429, 18}, 602},
    {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 788},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{35082, 11}, 789}, {{35093, 10}, 345}, {{31358, 9}, 312}, {{31499, 8}, 589},
    {{35103, 16}, 625}, {{35119, 10}, 625}, {{35129, 10}, 625}, {{35082, 11}, 790}, {{34878, 8}, 791}, {{31543, 10}, 792},
    {{34576, 5}, 625}, {{31307, 8}, 594}, {{31419, 4}, 270}, {{35139, 9}, 625}, {{33182, 8}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 793}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{35082, 11}, 794}, {{35148, 20}, 166}, {{35168, 9}, 169},
    {{35177, 9}, 170}, {{34878, 8}, 795}, {{35186, 6}, 176}, {{35192, 6}, 178}, {{35198, 8}, 265}, {{35206, 3}, 173},
    {{35209, 2}, 219}, {{35211, 10}, 220}, {{35221, 7}, 222}, {{35228, 17}, 223}, {{35245, 9}, 225}, {{35254, 8}, 231},
    {{35262, 5}, 232}, {{35267, 5}, 243}, {{35272, 12}, 796}, {{35284, 3}, 244}, {{33198, 12}, 349}, {{35287, 29}, 625},
    {{35316, 20}, 277}, {{35336, 14}, 295}, {{35350, 7}, 299}, {{35357, 3}, 300}, {{35360, 7}, 314}, {{35103, 16}, 625},
    {{35367, 9}, 336}, {{35119, 10}, 625}, {{35376, 13}, 351}, {{31447, 7}, 625}, {{34576, 5}, 625}, {{31454, 6}, 625},
    {{33176, 6}, 625}, {{35389, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 289},
    {{31423, 6}, 290}, {{34588, 47}, 797}, {{34635, 46}, 798}, {{35393, 13}, 589}, {{31214, 17}, 589}, {{35406, 10}, 799},
    {{35416, 11}, 625}, {{34588, 47}, 800}, {{34635, 46}, 801}, {{32899, 13}, 602}, {{31429, 18}, 602}, {{31447, 7}, 625},
    {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{35427, 11}, 802}, {{34276, 7}, 803}, {{35438, 8}, 804},
    {{31210, 4}, 625}, {{32637, 5}, 625}, {{33959, 2}, 625}, {{31293, 10}, 625}, {{31323, 5}, 805}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{35446, 13}, 625}, {{35459, 7}, 625}, {{35466, 19}, 625}, {{35485, 10}, 625}, {{35495, 12}, 625},
    {{35507, 9}, 625}, {{35516, 14}, 313}, {{35530, 14}, 318}, {{35544, 18}, 806}, {{35562, 7}, 807}, {{35569, 14}, 353},
    {{32912, 21}, 625}, {{35583, 8}, 167}, {{35591, 28}, 625}, {{35619, 10}, 808}, {{35629, 9}, 283}, {{35638, 9}, 625},
    {{35647, 18}, 625}, {{35665, 19}, 809}, {{35684, 11}, 810}, {{35695, 7}, 625}, {{35702, 11}, 625}, {{35713, 7}, 625},
    {{33951, 8}, 625}, {{35720, 16}, 811}, {{35736, 14}, 812}, {{33961, 8}, 625}, {{35750, 12}, 813}, {{35762, 8}, 814},
    {{35770, 16}, 625}, {{35786, 8}, 625}, {{35794, 17}, 625}, {{35811, 14}, 815}, {{35825, 13}, 625}, {{35838, 16}, 625},
    {{35854, 13}, 625}, {{33617, 15}, 288}, {{35867, 14}, 625}, {{35881, 18}, 625}, {{35899, 17}, 625}, {{35916, 21}, 625},
    {{35937, 9}, 625}, {{35946, 29}, 625}, {{35975, 11}, 816}, {{36000, 25}, 817}, {{36025, 7}, 818}, {{31543, 10}, 819},
    {{36032, 17}, 820}, {{36049, 26}, 821}, {{33769, 6}, 625}, {{36075, 21}, 822}, {{31447, 7}, 625}, {{36096, 17}, 625},
    {{34576, 5}, 625}, {{36113, 5}, 625}, {{36118, 6}, 823}, {{36124, 8}, 625}, {{31454, 6}, 625}, {{33054, 9}, 602},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31507, 8}, 293}, {{31293, 10}, 625}, {{31323, 5}, 824},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{31307, 8}, 594}, {{31419, 4}, 289}, {{32068, 5}, 625}, {{31385, 4}, 625},
    {{33783, 8}, 625}, {{33176, 6}, 625}, {{33182, 8}, 625}, {{33190, 8}, 625}, {{36132, 10}, 260}, {{36142, 6}, 625},
    {{34374, 4}, 218}, {{36148, 16}, 625}, {{34378, 7}, 227}, {{36164, 19}, 625}, {{32624, 13}, 625}, {{36183, 16}, 625},
    {{34385, 9}, 339}, {{35946, 29}, 625}, {{31279, 14}, 625}, {{33524, 11}, 625}, {{36199, 7}, 825}, {{32120, 5}, 625},
    {{33182, 8}, 625}, {{36206, 8}, 625}, {{36214, 6}, 625}, {{32073, 4}, 625}, {{36220, 6}, 625}, {{33176, 6}, 625},
    {{33556, 5}, 625}, {{36226, 7}, 625}, {{33436, 8}, 826}, {{36233, 4}, 625}, {{33182, 8}, 625}, {{33454, 9}, 324},
    {{32073, 4}, 625}, {{33176, 6}, 625}, {{33556, 5}, 625}, {{36226, 7}, 625}, {{33436, 8}, 827}, {{36233, 4}, 625},
    {{33182, 8}, 625}, {{33454, 9}, 242}, {{32073, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 305}, {{31423, 6}, 306}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 828}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31464, 15}, 625},
    {{31754, 8}, 625}, {{31499, 8}, 829}, {{31507, 8}, 293}, {{31770, 17}, 625}, {{31543, 10}, 830}, {{31834, 20}, 625},
    {{31658, 18}, 625}, {{31787, 13}, 625}, {{31754, 8}, 625}, {{36237, 13}, 625}, {{36250, 7}, 579}, {{32125, 8}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 310}, {{31423, 6}, 311}, {{31293, 10}, 625},
    {{31323, 5}, 831}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{36257, 4}, 832}, {{36261, 13}, 316}, {{36274, 6}, 833},
    {{36257, 4}, 834}, {{36280, 4}, 835}, {{34547, 6}, 836}, {{36284, 8}, 837}, {{36292, 5}, 625}, {{36297, 4}, 625},
    {{31460, 4}, 625}, {{32073, 4}, 625}, {{33176, 6}, 625}, {{36301, 7}, 625}, {{36308, 16}, 625}, {{33182, 8}, 625},
    {{33454, 9}, 324}, {{36324, 10}, 625}, {{36334, 11}, 625}, {{36345, 11}, 625}, {{36356, 6}, 625}, {{35129, 10}, 625},
    {{33176, 6}, 625}, {{36301, 7}, 625}, {{36308, 16}, 625}, {{33182, 8}, 625}, {{33454, 9}, 242}, {{36324, 10}, 625},
    {{36334, 11}, 625}, {{36345, 11}, 625}, {{36356, 6}, 625}, {{35129, 10}, 625}, {{34774, 16}, 838}, {{34760, 8}, 625},
    {{36362, 9}, 625}, {{34768, 6}, 839}, {{36371, 16}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31407, 4}, 840},
    {{33473, 9}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{36387, 10}, 841}, {{31460, 4}, 625}, {{31210, 4}, 625},
    {{33482, 8}, 625}, {{33490, 3}, 625}, {{31210, 4}, 625}, {{33482, 8}, 625}, {{31293, 10}, 625}, {{31323, 5}, 842},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{31323, 5}, 843}, {{31210, 4}, 625}, {{33482, 8}, 625}, {{31210, 4}, 625},
    {{31372, 9}, 625}, {{33524, 11}, 625}, {{31323, 5}, 844}, {{33482, 8}, 625}, {{33272, 10}, 625}, {{36397, 24}, 625},
    {{36421, 12}, 175}, {{36433, 10}, 625}, {{36443, 9}, 625}, {{36452, 22}, 625}, {{35485, 10}, 625}, {{35495, 12}, 625},
    {{35507, 9}, 625}, {{35516, 14}, 313}, {{35530, 14}, 318}, {{35569, 14}, 353}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 333}, {{31423, 6}, 334}, {{31293, 10}, 625}, {{35591, 28}, 625}, {{35720, 16}, 845},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{36474, 7}, 846}, {{31293, 10}, 625}, {{31323, 5}, 847}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{36481, 8}, 625}, {{32014, 17}, 625}, {{31381, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 848},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{33978, 11}, 625}, {{31210, 4}, 625}, {{36489, 8}, 625}, {{31385, 4}, 625},
    {{33783, 8}, 625}, {{36497, 10}, 605}, {{36507, 29}, 625}, {{36536, 9}, 625}, {{36545, 10}, 849}, {{36555, 11}, 850},
    {{36566, 12}, 625}, {{36578, 21}, 625}, {{36599, 19}, 625}, {{36618, 21}, 625}, {{36639, 10}, 851}, {{36649, 14}, 625},
    {{36663, 17}, 625}, {{36680, 14}, 625}, {{36694, 24}, 852}, {{33598, 5}, 853}, {{36718, 24}, 625}, {{31499, 8}, 854},
    {{36742, 15}, 625}, {{36757, 21}, 335}, {{36778, 12}, 855}, {{31460, 4}, 625}, {{31543, 10}, 856}, {{36790, 12}, 241},
    {{36802, 8}, 180}, {{33176, 6}, 625}, {{33182, 8}, 625}, {{33454, 9}, 265}, {{35129, 10}, 625}, {{36810, 15}, 625},
    {{33176, 6}, 625}, {{33182, 8}, 625}, {{33454, 9}, 242}, {{35129, 10}, 625}, {{36810, 15}, 625}, {{31210, 4}, 625},
    {{32637, 5}, 625}, {{34254, 4}, 625}, {{31385, 4}, 605}, {{36825, 6}, 625}, {{33490, 3}, 625}, {{36831, 9}, 602},
    {{32637, 5}, 625}, {{36825, 6}, 625}, {{33490, 3}, 625}, {{34760, 8}, 625}, {{36840, 17}, 625}, {{32637, 5}, 625},
    {{33490, 3}, 625}, {{34768, 6}, 857}, {{36857, 21}, 858}, {{35393, 13}, 589}, {{36878, 7}, 625}, {{35416, 11}, 625},
    {{36885, 17}, 625}, {{36902, 8}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{35148, 20}, 166}, {{35168, 9}, 169},
    {{35177, 9}, 171}, {{35186, 6}, 177}, {{35192, 6}, 179}, {{34698, 9}, 190}, {{35206, 3}, 174}, {{36910, 11}, 202},
    {{36921, 8}, 203}, {{36929, 9}, 213}, {{35209, 2}, 219}, {{35211, 10}, 221}, {{35221, 7}, 222}, {{35228, 17}, 223},
    {{36938, 7}, 224}, {{35245, 9}, 226}, {{35254, 8}, 231}, {{35262, 5}, 233}, {{31210, 4}, 625}, {{35284, 3}, 244},
    {{36945, 21}, 273}, {{35316, 20}, 277}, {{35336, 14}, 295}, {{36966, 9}, 298}, {{35350, 7}, 299}, {{35357, 3}, 301},
    {{35360, 7}, 315}, {{36975, 6}, 325}, {{35367, 9}, 337}, {{35376, 13}, 351}, {{33236, 10}, 625}, {{31210, 4}, 625},
    {{36981, 9}, 625}, {{36990, 16}, 625}, {{31210, 4}, 625}, {{33182, 8}, 625}, {{37006, 7}, 625}, {{37013, 11}, 625},
    {{37024, 8}, 258}, {{34698, 9}, 189}, {{36910, 11}, 200}, {{36975, 6}, 323}, {{37032, 19}, 330}, {{33176, 6}, 625},
    {{37051, 15}, 625}, {{37066, 17}, 625}, {{37083, 10}, 625}, {{37093, 15}, 280}, {{36142, 6}, 625}, {{37108, 18}, 625},
    {{37126, 22}, 625}, {{37148, 13}, 625}, {{33989, 9}, 859}, {{31543, 10}, 355}, {{37161, 18}, 860}, {{37179, 5}, 356},
    {{33951, 8}, 625}, {{33961, 8}, 625}, {{33969, 9}, 265}, {{37184, 4}, 625}, {{33875, 5}, 625}, {{37188, 7}, 625},
    {{37195, 11}, 625}, {{37206, 8}, 861}, {{33978, 11}, 625}, {{31210, 4}, 625}, {{31385, 4}, 625}, {{33783, 8}, 625},
    {{37214, 11}, 625}, {{31293, 10}, 625}, {{34330, 9}, 862}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{33598, 5}, 863},
    {{31293, 10}, 625}, {{31323, 5}, 864}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31210, 4}, 625}, {{33989, 9}, 865},
    {{31543, 10}, 362}, {{37179, 5}, 363}, {{33951, 8}, 625}, {{33961, 8}, 625}, {{33969, 9}, 265}, {{37225, 8}, 866},
    {{33875, 5}, 625}, {{37188, 7}, 625}, {{37195, 11}, 625}, {{37206, 8}, 867}, {{33978, 11}, 625}, {{31210, 4}, 625},
    {{31385, 4}, 625}, {{33783, 8}, 625}, {{37214, 11}, 625}, {{31293, 10}, 625}, {{34330, 9}, 868}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{33598, 5}, 869}, {{31293, 10}, 625}, {{31323, 5}, 870}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{31210, 4}, 625}, {{34114, 6}, 625}, {{31293, 10}, 625}, {{37233, 15}, 625}, {{37248, 24}, 602}, {{37272, 23}, 602},
    {{37295, 16}, 217}, {{34125, 9}, 593}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{37311, 4}, 625}, {{31454, 6}, 625},
    {{37315, 9}, 265}, {{34175, 7}, 265}, {{37324, 19}, 625}, {{34200, 17}, 625}, {{34217, 6}, 370}, {{31460, 4}, 625},
    {{31293, 10}, 625}, {{31323, 5}, 871}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34120, 5}, 625}, {{34229, 16}, 593},
    {{34114, 6}, 625}, {{31293, 10}, 625}, {{37233, 15}, 625}, {{37248, 24}, 602}, {{37272, 23}, 602}, {{37295, 16}, 217},
    {{34125, 9}, 593}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{37311, 4}, 625}, {{31454, 6}, 625}, {{37315, 9}, 265},
    {{34175, 7}, 265}, {{37324, 19}, 625}, {{34200, 17}, 625}, {{34217, 6}, 373}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 872}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34120, 5}, 625}, {{34229, 16}, 593}, {{37343, 7}, 377},
    {{31381, 4}, 625}, {{37350, 8}, 625}, {{37358, 5}, 873}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 380}, {{31423, 6}, 381}, {{32125, 8}, 345}, {{31904, 11}, 625}, {{37363, 11}, 605}, {{31293, 10}, 625},
    {{31323, 5}, 874}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34254, 4}, 625}, {{37374, 4}, 375}, {{37343, 7}, 377},
    {{37378, 16}, 625}, {{31263, 5}, 875}, {{37394, 3}, 876}, {{36790, 12}, 241}, {{37397, 5}, 877}, {{33272, 10}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 387}, {{31423, 6}, 388},
    {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625},
    {{31323, 5}, 878}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{37402, 19}, 383}, {{37421, 18}, 625}, {{37439, 26}, 397},
    {{31263, 5}, 879}, {{31543, 10}, 880}, {{31210, 4}, 625}, {{37465, 7}, 400}, {{31460, 4}, 625}, {{37472, 24}, 625},
    {{37496, 13}, 390}, {{32100, 15}, 881}, {{32115, 5}, 882}, {{32241, 16}, 883}, {{32257, 13}, 884}, {{37509, 8}, 885},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 398}, {{31423, 6}, 399}, {{31429, 18}, 602},
    {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 886},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{31210, 4}, 625}, {{37517, 7}, 391}, {{31460, 4}, 625}, {{31543, 10}, 887},
    {{37524, 8}, 625}, {{37532, 16}, 625}, {{37548, 6}, 625}, {{31328, 9}, 888}, {{37554, 12}, 625}, {{35406, 10}, 889},
    {{31358, 9}, 890}, {{32115, 5}, 891}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{32120, 5}, 389}, {{31303, 4}, 625},
    {{35867, 14}, 402}, {{32073, 4}, 404}, {{31210, 4}, 625}, {{37343, 7}, 409}, {{31381, 4}, 625}, {{37350, 8}, 625},
    {{37358, 5}, 892}, {{37566, 4}, 625}, {{37570, 6}, 893}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 417}, {{31423, 6}, 418}, {{32125, 8}, 345}, {{31397, 7}, 416}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 413}, {{31293, 10}, 625}, {{31323, 5}, 894}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{36902, 8}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31367, 5}, 625}, {{37576, 10}, 625},
    {{37586, 10}, 412}, {{31293, 10}, 625}, {{31323, 5}, 895}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34254, 4}, 625},
    {{37374, 4}, 406}, {{31210, 4}, 625}, {{31385, 4}, 427}, {{37596, 14}, 409}, {{37378, 16}, 625}, {{31263, 5}, 896},
    {{37394, 3}, 897}, {{36790, 12}, 241}, {{37397, 5}, 898}, {{33272, 10}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 426}, {{33598, 5}, 899}, {{37610, 2}, 900}, {{37612, 4}, 901}, {{33598, 5}, 902},
    {{31293, 10}, 625}, {{31323, 5}, 903}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{37616, 7}, 407}, {{31214, 17}, 589},
    {{37623, 11}, 589}, {{37634, 7}, 625}, {{31385, 4}, 605}, {{33783, 8}, 625}, {{37641, 6}, 904}, {{34553, 7}, 905},
    {{37623, 11}, 589}, {{37647, 11}, 906}, {{31210, 4}, 625}, {{37658, 6}, 625}, {{37343, 7}, 431}, {{31381, 4}, 625},
    {{37350, 8}, 625}, {{37358, 5}, 907}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 438},
    {{31423, 6}, 439}, {{32125, 8}, 345}, {{31904, 11}, 625}, {{37363, 11}, 605}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 435}, {{31293, 10}, 625}, {{31323, 5}, 908}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{36902, 8}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31367, 5}, 625}, {{37576, 10}, 625},
    {{37586, 10}, 434}, {{31293, 10}, 625}, {{31323, 5}, 909}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{34254, 4}, 625},
    {{37374, 4}, 429}, {{37343, 7}, 431}, {{37378, 16}, 625}, {{31263, 5}, 910}, {{37394, 3}, 911}, {{36790, 12}, 241},
    {{37397, 5}, 912}, {{33272, 10}, 625}, {{37664, 8}, 913}, {{31293, 10}, 625}, {{37672, 7}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{35762, 8}, 441}, {{37679, 10}, 444}, {{31293, 10}, 625}, {{31323, 5}, 914}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{35750, 12}, 915}, {{35975, 11}, 916}, {{37664, 8}, 917}, {{31293, 10}, 625}, {{37672, 7}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{35762, 8}, 445}, {{37679, 10}, 448}, {{31293, 10}, 625}, {{31323, 5}, 918},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{35750, 12}, 919}, {{35975, 11}, 920}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 451}, {{31423, 6}, 452}, {{31293, 10}, 625}, {{31323, 5}, 921}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{31862, 14}, 605}, {{37689, 12}, 605}, {{31499, 8}, 589}, {{31543, 10}, 922}, {{37701, 14}, 625},
    {{37715, 14}, 625}, {{37729, 13}, 923}, {{37742, 18}, 625}, {{37760, 12}, 625}, {{31658, 18}, 625}, {{31210, 4}, 625},
    {{33357, 6}, 625}, {{37772, 10}, 625}, {{33182, 8}, 625}, {{31293, 10}, 625}, {{37782, 13}, 586}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{37795, 6}, 924}, {{37801, 4}, 625}, {{34521, 3}, 625}, {{34544, 3}, 625}, {{34521, 3}, 625},
    {{34544, 3}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 462}, {{31423, 6}, 463},
    {{31293, 10}, 625}, {{31323, 5}, 925}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31862, 14}, 605}, {{37689, 12}, 605},
    {{31499, 8}, 589}, {{31543, 10}, 926}, {{37701, 14}, 625}, {{37715, 14}, 625}, {{37729, 13}, 927}, {{37742, 18}, 625},
    {{37760, 12}, 625}, {{31658, 18}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 466},
    {{31293, 10}, 625}, {{31323, 5}, 928}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{36397, 24}, 625}, {{37805, 17}, 929},
    {{37822, 19}, 930}, {{37841, 18}, 931}, {{37859, 16}, 932}, {{37875, 21}, 933}, {{37896, 20}, 934}, {{37916, 22}, 935},
    {{37938, 31}, 625}, {{37969, 16}, 936}, {{35459, 7}, 457}, {{35695, 7}, 625}, {{35702, 11}, 625}, {{35713, 7}, 625},
    {{37985, 9}, 937}, {{36433, 10}, 625}, {{36452, 22}, 625}, {{37994, 24}, 938}, {{35485, 10}, 467}, {{35507, 9}, 468},
    {{38018, 12}, 469}, {{38030, 7}, 470}, {{35544, 18}, 471}, {{36025, 7}, 939}, {{37795, 6}, 940}, {{37801, 4}, 625},
    {{37795, 6}, 941}, {{37801, 4}, 625}, {{38037, 24}, 942}, {{38061, 23}, 625}, {{37801, 4}, 625}, {{35516, 14}, 313},
    {{37795, 6}, 943}, {{37801, 4}, 625}, {{38084, 20}, 944}, {{38104, 15}, 472}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31263, 5}, 945}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{38119, 7}, 482},
    {{37509, 8}, 946}, {{31293, 10}, 625}, {{31323, 5}, 947}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625},
    {{31323, 5}, 948}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31328, 9}, 949}, {{32100, 15}, 950}, {{32151, 13}, 951},
    {{31358, 9}, 952}, {{32115, 5}, 953}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31263, 5}, 954},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{38119, 7}, 482}, {{37509, 8}, 955}, {{31293, 10}, 625},
    {{31323, 5}, 956}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625}, {{31323, 5}, 957}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{36902, 8}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{36902, 8}, 625}, {{31303, 4}, 625},
    {{31210, 4}, 625}, {{31372, 9}, 625}, {{38084, 20}, 958}, {{38104, 15}, 484}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31263, 5}, 959}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{38119, 7}, 494},
    {{37509, 8}, 960}, {{31293, 10}, 625}, {{31323, 5}, 961}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625},
    {{31323, 5}, 962}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31328, 9}, 963}, {{32100, 15}, 964}, {{32151, 13}, 965},
    {{31358, 9}, 966}, {{32115, 5}, 967}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31263, 5}, 968},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{38119, 7}, 494}, {{37509, 8}, 969}, {{31293, 10}, 625},
    {{31323, 5}, 970}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31293, 10}, 625}, {{31323, 5}, 971}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{36902, 8}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{36902, 8}, 625}, {{31303, 4}, 625},
    {{31210, 4}, 625}, {{31372, 9}, 625}, {{31293, 10}, 625}, {{38126, 11}, 625}, {{38137, 13}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{35770, 16}, 625}, {{32637, 5}, 625}, {{31293, 10}, 625}, {{31323, 5}, 972}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{31293, 10}, 625}, {{38126, 11}, 625}, {{38137, 13}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{35770, 16}, 625}, {{32637, 5}, 625}, {{31293, 10}, 625}, {{31323, 5}, 973}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 502}, {{31293, 10}, 625}, {{31323, 5}, 974},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{38150, 14}, 625}, {{38164, 13}, 625}, {{38177, 14}, 625}, {{38191, 17}, 625},
    {{38208, 15}, 625}, {{38223, 13}, 975}, {{38236, 20}, 976}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 506}, {{34867, 11}, 516}, {{31210, 4}, 625}, {{38256, 6}, 625}, {{36778, 12}, 977}, {{31293, 10}, 625},
    {{31323, 5}, 978}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{38262, 7}, 979}, {{38269, 20}, 625}, {{38289, 17}, 980},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{35272, 12}, 981}, {{37586, 10}, 982}, {{38306, 11}, 625},
    {{38317, 13}, 625}, {{38330, 17}, 625}, {{31293, 10}, 625}, {{31323, 5}, 983}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{36481, 8}, 625}, {{32014, 17}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 513},
    {{31423, 6}, 514}, {{31293, 10}, 625}, {{31323, 5}, 984}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{38347, 16}, 275},
    {{38363, 20}, 625}, {{38383, 8}, 625}, {{33961, 8}, 625}, {{34223, 6}, 512}, {{38391, 11}, 515}, {{38402, 8}, 625},
    {{38410, 18}, 985}, {{38428, 11}, 515}, {{31447, 7}, 625}, {{38439, 4}, 602}, {{34120, 5}, 625}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 519}, {{31293, 10}, 625}, {{31323, 5}, 986}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{38150, 14}, 625}, {{38164, 13}, 625}, {{38177, 14}, 625}, {{38191, 17}, 625}, {{38208, 15}, 625},
    {{38223, 13}, 987}, {{38236, 20}, 988}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 523},
    {{34867, 11}, 535}, {{31210, 4}, 625}, {{38256, 6}, 625}, {{36778, 12}, 989}, {{31293, 10}, 625}, {{31323, 5}, 990},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{38262, 7}, 991}, {{31293, 10}, 625}, {{34878, 8}, 579}, {{31303, 4}, 625},
    {{38443, 17}, 579}, {{31307, 8}, 594}, {{38460, 12}, 589}, {{35103, 16}, 625}, {{31293, 10}, 625}, {{31323, 5}, 992},
    {{31303, 4}, 625}, {{31307, 8}, 591}, {{38269, 20}, 625}, {{38289, 17}, 993}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{35272, 12}, 994}, {{37586, 10}, 995}, {{38306, 11}, 625}, {{38317, 13}, 625}, {{38330, 17}, 625},
    {{31293, 10}, 625}, {{31323, 5}, 996}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{36481, 8}, 625}, {{32014, 17}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 532}, {{31423, 6}, 533}, {{31293, 10}, 625},
    {{31323, 5}, 997}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{38347, 16}, 275}, {{38363, 20}, 625}, {{38383, 8}, 625},
    {{33961, 8}, 625}, {{34223, 6}, 531}, {{38391, 11}, 534}, {{38402, 8}, 625}, {{38410, 18}, 998}, {{38428, 11}, 534},
    {{31447, 7}, 625}, {{38439, 4}, 602}, {{34120, 5}, 625}, {{38126, 11}, 625}, {{38472, 6}, 625}, {{38478, 8}, 625},
    {{31210, 4}, 625}, {{35786, 8}, 625}, {{31460, 4}, 625}, {{31762, 8}, 625}, {{38486, 7}, 557}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{31307, 8}, 594}, {{31419, 4}, 542}, {{31423, 6}, 543}, {{31429, 18}, 602}, {{31447, 7}, 625},
    {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 999}, {{31303, 4}, 625},
    {{31307, 8}, 591}, {{38493, 10}, 1000}, {{31303, 4}, 625}, {{38503, 8}, 625}, {{38511, 6}, 625}, {{38517, 10}, 1001},
    {{38527, 8}, 625}, {{38535, 10}, 537}, {{32120, 5}, 625}, {{33742, 5}, 541}, {{38545, 21}, 625}, {{31367, 5}, 625},
    {{38566, 8}, 1002}, {{38574, 13}, 541}, {{31543, 10}, 1003}, {{38587, 14}, 1004}, {{38601, 24}, 1005}, {{38625, 10}, 625},
    {{38635, 18}, 625}, {{31210, 4}, 625}, {{38653, 6}, 548}, {{38659, 6}, 625}, {{38665, 7}, 625}, {{38672, 12}, 547},
    {{38684, 17}, 625}, {{38701, 16}, 625}, {{38717, 18}, 625}, {{38735, 5}, 545}, {{31423, 6}, 546}, {{38740, 15}, 551},
    {{38126, 11}, 625}, {{31404, 3}, 625}, {{38755, 4}, 625}, {{38759, 7}, 625}, {{38766, 15}, 553}, {{38781, 20}, 553},
    {{38801, 5}, 1006}, {{38806, 5}, 1007}, {{34500, 7}, 550}, {{38811, 11}, 1008}, {{38822, 12}, 1009}, {{38126, 11}, 625},
    {{38834, 4}, 1010}, {{38838, 7}, 550}, {{38845, 16}, 625}, {{38861, 16}, 625}, {{38877, 12}, 549}, {{38472, 6}, 625},
    {{38889, 2}, 625}, {{31323, 5}, 552}, {{38891, 8}, 625}, {{38899, 9}, 625}, {{38908, 13}, 625}, {{38921, 7}, 625},
    {{38928, 8}, 625}, {{38936, 9}, 625}, {{38945, 13}, 625}, {{38958, 7}, 625}, {{38965, 10}, 625}, {{38975, 3}, 551},
    {{38978, 8}, 625}, {{38986, 5}, 1011}, {{38991, 7}, 625}, {{38998, 17}, 1012}, {{39015, 10}, 1013}, {{37024, 8}, 1014},
    {{39025, 5}, 625}, {{31460, 4}, 625}, {{39030, 11}, 625}, {{39041, 30}, 625}, {{39071, 26}, 625}, {{39097, 26}, 1015},
    {{39123, 22}, 625}, {{39145, 21}, 625}, {{39166, 36}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31381, 4}, 625},
    {{31385, 4}, 625}, {{31389, 8}, 625}, {{31397, 7}, 555}, {{31404, 3}, 625}, {{31174, 12}, 556}, {{39202, 24}, 1016},
    {{39226, 8}, 625}, {{38126, 11}, 625}, {{38472, 6}, 625}, {{31210, 4}, 625}, {{35786, 8}, 625}, {{31460, 4}, 625},
    {{39202, 24}, 1017}, {{31762, 8}, 625}, {{39234, 19}, 578}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 564}, {{31423, 6}, 565}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 1018}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{38493, 10}, 1019},
    {{31303, 4}, 625}, {{38503, 8}, 625}, {{38511, 6}, 625}, {{38517, 10}, 1020}, {{38527, 8}, 625}, {{38601, 24}, 1021},
    {{38535, 10}, 559}, {{32120, 5}, 625}, {{33742, 5}, 563}, {{38545, 21}, 625}, {{31367, 5}, 625}, {{38672, 12}, 569},
    {{39253, 10}, 570}, {{32144, 7}, 625}, {{38566, 8}, 1022}, {{38574, 13}, 563}, {{31543, 10}, 1023}, {{38587, 14}, 1024},
    {{38601, 24}, 1025}, {{38625, 10}, 625}, {{38635, 18}, 625}, {{31210, 4}, 625}, {{38653, 6}, 570}, {{38659, 6}, 625},
    {{38665, 7}, 625}, {{38672, 12}, 569}, {{38684, 17}, 625}, {{38701, 16}, 625}, {{38717, 18}, 625}, {{38735, 5}, 567},
    {{31423, 6}, 568}, {{38740, 15}, 573}, {{38126, 11}, 625}, {{31404, 3}, 625}, {{38755, 4}, 625}, {{38759, 7}, 625},
    {{38766, 15}, 575}, {{38781, 20}, 575}, {{38801, 5}, 1026}, {{38806, 5}, 1027}, {{34500, 7}, 572}, {{38811, 11}, 1028},
    {{38822, 12}, 1029}, {{38126, 11}, 625}, {{38834, 4}, 1030}, {{38838, 7}, 572}, {{38845, 16}, 625}, {{38861, 16}, 625},
    {{38877, 12}, 571}, {{38472, 6}, 625}, {{38889, 2}, 625}, {{31323, 5}, 574}, {{38891, 8}, 625}, {{38899, 9}, 625},
    {{38908, 13}, 625}, {{38921, 7}, 625}, {{38928, 8}, 625}, {{38936, 9}, 625}, {{38945, 13}, 625}, {{38958, 7}, 625},
    {{38965, 10}, 625}, {{38975, 3}, 573}, {{38978, 8}, 625}, {{38986, 5}, 1031}, {{38991, 7}, 625}, {{38998, 17}, 1032},
    {{39015, 10}, 1033}, {{37024, 8}, 1034}, {{39025, 5}, 625}, {{31460, 4}, 625}, {{39030, 11}, 625}, {{39041, 30}, 625},
    {{39071, 26}, 625}, {{39097, 26}, 1035}, {{39123, 22}, 625}, {{39145, 21}, 625}, {{39166, 36}, 625}, {{31210, 4}, 625},
    {{31372, 9}, 625}, {{31381, 4}, 625}, {{31385, 4}, 625}, {{31389, 8}, 625}, {{31397, 7}, 577}, {{31404, 3}, 625},
    {{31293, 10}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625}, {{39263, 16}, 588}, {{39279, 26}, 1036}, {{38566, 8}, 1037},
    {{31293, 10}, 625}, {{32082, 6}, 1038}, {{31303, 4}, 625}, {{38493, 10}, 1039}, {{32120, 5}, 625}, {{31303, 4}, 625},
    {{31210, 4}, 625}, {{39305, 10}, 625}, {{38517, 10}, 1040}, {{39315, 12}, 625}, {{39327, 18}, 625}, {{32115, 5}, 1041},
    {{32144, 7}, 625}, {{31293, 10}, 625}, {{39345, 12}, 625}, {{31303, 4}, 625}, {{31358, 9}, 1042}, {{31293, 10}, 625},
    {{31303, 4}, 625}, {{39279, 26}, 1043}, {{38566, 8}, 1044}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31658, 18}, 625},
    {{31454, 6}, 625}, {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{39357, 6}, 1045}, {{39363, 18}, 625},
    {{31303, 4}, 625}, {{39381, 16}, 625}, {{39397, 13}, 597}, {{39410, 17}, 625}, {{39345, 12}, 625}, {{32144, 7}, 625},
    {{34774, 16}, 1046}, {{39427, 11}, 1047}, {{33490, 3}, 1048}, {{34760, 8}, 625}, {{34768, 6}, 1049}, {{39438, 8}, 625},
    {{39446, 18}, 625}, {{33509, 15}, 625}, {{39464, 8}, 625}, {{31293, 10}, 625}, {{39472, 10}, 625}, {{39482, 8}, 587},
    {{39490, 7}, 625}, {{39497, 9}, 625}, {{38439, 4}, 602}, {{39506, 11}, 1050}, {{39517, 11}, 625}, {{39528, 17}, 602},
    {{39545, 26}, 625}, {{39571, 17}, 602}, {{34566, 10}, 1051}, {{39588, 12}, 625}, {{39600, 10}, 625}, {{39610, 6}, 1052},
    {{39616, 13}, 1053}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{39629, 15}, 1054}, {{33509, 15}, 625}, {{39464, 8}, 625},
    {{31979, 3}, 625}, {{31293, 10}, 625}, {{39644, 18}, 625}, {{37576, 10}, 625}, {{31303, 4}, 625}, {{31210, 4}, 625},
    {{31979, 3}, 625}, {{33509, 15}, 625}, {{31979, 3}, 625}, {{39662, 10}, 625}, {{39672, 13}, 625}, {{31293, 10}, 625},
    {{39685, 4}, 625}, {{39689, 7}, 601}, {{31303, 4}, 625}, {{31447, 7}, 625}, {{31307, 8}, 591}, {{31454, 6}, 625},
    {{31423, 6}, 625}, {{39696, 5}, 625}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{39701, 6}, 1055}, {{32120, 5}, 625},
    {{31303, 4}, 625}, {{31210, 4}, 625}, {{39707, 17}, 625}, {{31979, 3}, 625}, {{32583, 6}, 604}, {{31460, 4}, 625},
    {{39724, 9}, 625}, {{39733, 8}, 625}, {{39741, 9}, 625}, {{39750, 12}, 625}, {{39762, 10}, 625}, {{39772, 9}, 625},
    {{39781, 5}, 625}, {{39786, 5}, 625}, {{39791, 8}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625}, {{31307, 8}, 594},
    {{31419, 4}, 610}, {{31423, 6}, 611}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625}, {{31423, 6}, 625},
    {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 1056}, {{31303, 4}, 625}, {{31307, 8}, 591}, {{31389, 8}, 625},
    {{32120, 5}, 625}, {{39799, 20}, 625}, {{39819, 21}, 625}, {{31397, 7}, 612}, {{32144, 7}, 625}, {{39840, 15}, 625},
    {{31543, 10}, 1057}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31385, 4}, 625}, {{31293, 10}, 625}, {{31303, 4}, 625},
    {{31307, 8}, 594}, {{31419, 4}, 616}, {{31423, 6}, 617}, {{31429, 18}, 602}, {{31447, 7}, 625}, {{31454, 6}, 625},
    {{31423, 6}, 625}, {{31460, 4}, 625}, {{31293, 10}, 625}, {{31323, 5}, 1058}, {{31303, 4}, 625}, {{31307, 8}, 591},
    {{31389, 8}, 625}, {{32120, 5}, 625}, {{39799, 20}, 625}, {{39819, 21}, 625}, {{31397, 7}, 618}, {{32144, 7}, 625},
    {{39840, 15}, 625}, {{31543, 10}, 1059}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{31385, 4}, 625}, {{30935, 13}, 620},
    {{31007, 13}, 622}, {{32704, 8}, 625}, {{31210, 4}, 625}, {{31372, 9}, 625}, {{39855, 18}, 1060}, {{39873, 15}, 1061},
    {{33546, 3}, 625}, {{39888, 4}, 1062}, {{39892, 5}, 1063}, {{39897, 8}, 1064}, {{30935, 13}, 620}, {{31460, 4}, 625},
};

static const struct schema_merge_row builtin_merges[] = {
    {1, {{31210, 4}}}, {1, {{31460, 4}}}, {2, {{33756, 13}, {33783, 8}}}, {1, {{33236, 10}}}, {1, {{36981, 9}}}, {0, {{0, 0}}},
    {1, {{33959, 2}}}, {2, {{35416, 11}, {36885, 17}}}, {2, {{31385, 4}, {33783, 8}}}, {1, {{33490, 3}}}, {1, {{31979, 3}}},
};

static const struct schema_field_row builtin_definitions[] = {
    {{0, 51}, 1}, {{51, 64}, 2}, {{174, 68}, 3}, {{274, 54}, 4}, {{328, 52}, 5}, {{380, 53}, 6}, {{433, 66}, 7}, {{529, 70}, 8},
    {{633, 55}, 9}, {{688, 56}, 10}, {{744, 69}, 11}, {{849, 73}, 12}, {{922, 59}, 13}, {{981, 57}, 14}, {{1038, 58}, 15},
    {{1096, 71}, 16}, {{1167, 75}, 17}, {{1242, 60}, 18}, {{1302, 37}, 19}, {{1364, 41}, 20}, {{1427, 28}, 21}, {{1464, 37}, 22},
    {{1501, 32}, 23}, {{1546, 32}, 24}, {{1578, 34}, 25}, {{1612, 42}, 26}, {{1654, 29}, 27}, {{1693, 38}, 28}, {{1731, 33}, 29},
    {{1778, 33}, 30}, {{1811, 35}, 31}, {{1846, 37}, 32}, {{1883, 29}, 33}, {{1922, 38}, 34}, {{1960, 33}, 35}, {{2007, 33}, 36},
    {{2040, 35}, 37}, {{2075, 41}, 38}, {{2116, 42}, 39}, {{2158, 51}, 40}, {{2209, 30}, 41}, {{2250, 39}, 42}, {{2289, 34}, 43},
    {{2338, 34}, 44}, {{2372, 36}, 45}, {{2408, 44}, 46}, {{2452, 49}, 47}, {{2501, 41}, 48}, {{2578, 45}, 49}, {{2623, 47}, 50},
    {{2670, 40}, 51}, {{2721, 44}, 52}, {{2765, 46}, 53}, {{2811, 37}, 54}, {{2848, 45}, 55}, {{2922, 49}, 56}, {{2971, 51}, 57},
    {{3022, 42}, 58}, {{3064, 52}, 59}, {{3163, 49}, 60}, {{3212, 43}, 61}, {{3255, 46}, 62}, {{3301, 40}, 63}, {{3341, 51}, 64},
    {{3415, 55}, 65}, {{3470, 50}, 66}, {{3542, 54}, 67}, {{3596, 47}, 68}, {{3662, 51}, 69}, {{3713, 53}, 70}, {{3766, 52}, 71},
    {{3818, 57}, 72}, {{3903, 54}, 73}, {{4000, 48}, 74}, {{4048, 51}, 75}, {{4099, 45}, 76}, {{4144, 56}, 77}, {{4200, 60}, 78},
    {{4260, 55}, 79}, {{4315, 59}, 80}, {{4374, 52}, 81}, {{4426, 56}, 82}, {{4482, 58}, 83}, {{4540, 57}, 84}, {{4597, 53}, 85},
    {{4650, 49}, 86}, {{4736, 53}, 87}, {{4816, 53}, 88}, {{4869, 55}, 89}, {{4924, 31}, 90}, {{4960, 35}, 91}, {{4995, 37}, 92},
    {{5032, 60}, 93}, {{5092, 60}, 94}, {{5152, 58}, 95}, {{5210, 51}, 96}, {{5261, 51}, 97}, {{5312, 54}, 98}, {{5385, 63}, 99},
    {{5448, 58}, 100}, {{5506, 58}, 101}, {{5564, 60}, 102}, {{5624, 41}, 103}, {{5665, 43}, 104}, {{5708, 49}, 105},
    {{5757, 49}, 106}, {{5806, 47}, 107}, {{5853, 47}, 108}, {{5900, 51}, 109}, {{5951, 51}, 110}, {{6002, 60}, 111},
    {{6062, 60}, 112}, {{6122, 58}, 113}, {{6180, 51}, 114}, {{6231, 51}, 115}, {{6282, 47}, 116}, {{6329, 46}, 117},
    {{6375, 54}, 118}, {{6448, 62}, 119}, {{6510, 63}, 120}, {{6573, 58}, 121}, {{6631, 58}, 122}, {{6689, 60}, 123},
    {{6749, 47}, 124}, {{6796, 41}, 125}, {{6837, 43}, 126}, {{6880, 43}, 127}, {{6923, 48}, 128}, {{6971, 49}, 129},
    {{7020, 49}, 130}, {{7069, 47}, 131}, {{7116, 47}, 132}, {{7163, 51}, 133}, {{7214, 51}, 134}, {{7265, 27}, 135},
    {{7307, 31}, 136}, {{7349, 31}, 137}, {{7380, 33}, 138}, {{7413, 23}, 139}, {{7439, 32}, 140}, {{7471, 27}, 141},
    {{7505, 27}, 142}, {{7532, 29}, 143}, {{7561, 35}, 144}, {{7596, 32}, 145}, {{7641, 36}, 146}, {{7677, 36}, 147},
    {{7713, 38}, 148}, {{7751, 40}, 149}, {{7791, 52}, 150}, {{7890, 61}, 151}, {{8000, 56}, 152}, {{8085, 56}, 153},
    {{8141, 58}, 154}, {{8199, 57}, 155}, {{8283, 66}, 156}, {{8349, 61}, 157}, {{8410, 61}, 158}, {{8471, 63}, 159},
    {{8534, 32}, 160}, {{8593, 36}, 161}, {{8638, 36}, 162}, {{8674, 37}, 163}, {{8738, 41}, 164}, {{8779, 41}, 165},
    {{8820, 51}, 166}, {{8871, 27}, 167}, {{8898, 33}, 168}, {{8931, 40}, 169}, {{8971, 50}, 170}, {{9021, 40}, 171},
    {{9061, 26}, 172}, {{9096, 44}, 173}, {{9140, 34}, 174}, {{9174, 31}, 175}, {{9205, 47}, 176}, {{9252, 37}, 177},
    {{9289, 47}, 178}, {{9336, 37}, 179}, {{9373, 33}, 180}, {{9406, 37}, 181}, {{9443, 34}, 182}, {{9492, 38}, 183},
    {{9549, 28}, 184}, {{9586, 37}, 185}, {{9623, 39}, 186}, {{9662, 32}, 187}, {{9707, 44}, 188}, {{9751, 38}, 189},
    {{9789, 40}, 190}, {{9829, 28}, 191}, {{9857, 33}, 192}, {{9890, 32}, 193}, {{9922, 33}, 194}, {{9955, 40}, 195},
    {{9995, 43}, 196}, {{10038, 40}, 197}, {{10078, 34}, 198}, {{10112, 33}, 199}, {{10145, 40}, 200}, {{10185, 40}, 201},
    {{10225, 42}, 202}, {{10267, 39}, 203}, {{10306, 34}, 204}, {{10340, 31}, 205}, {{10371, 33}, 206}, {{10404, 28}, 207},
    {{10441, 32}, 208}, {{10486, 32}, 209}, {{10518, 25}, 210}, {{10543, 31}, 211}, {{10574, 37}, 212}, {{10611, 40}, 213},
    {{10651, 24}, 214}, {{10680, 28}, 215}, {{10717, 30}, 216}, {{10747, 30}, 217}, {{10777, 29}, 218}, {{10806, 33}, 219},
    {{10839, 45}, 220}, {{10884, 35}, 221}, {{10919, 38}, 222}, {{10957, 48}, 223}, {{11005, 38}, 224}, {{11043, 50}, 225},
    {{11093, 40}, 226}, {{11133, 32}, 227}, {{11165, 29}, 228}, {{11194, 26}, 229}, {{11220, 28}, 230}, {{11248, 39}, 231},
    {{11287, 46}, 232}, {{11333, 36}, 233}, {{11369, 28}, 234}, {{11397, 28}, 235}, {{11425, 29}, 236}, {{11464, 33}, 237},
    {{11497, 33}, 238}, {{11544, 33}, 239}, {{11577, 38}, 240}, {{11615, 37}, 241}, {{11652, 39}, 242}, {{11691, 36}, 243},
    {{11727, 34}, 244}, {{11761, 28}, 245}, {{11798, 37}, 246}, {{11835, 32}, 247}, {{11880, 32}, 248}, {{11912, 34}, 249},
    {{11946, 23}, 250}, {{12000, 30}, 251}, {{12030, 31}, 252}, {{12061, 32}, 253}, {{12093, 35}, 254}, {{12128, 35}, 255},
    {{12163, 38}, 256}, {{12201, 27}, 257}, {{12236, 31}, 258}, {{12267, 42}, 259}, {{12309, 35}, 260}, {{12344, 27}, 261},
    {{12371, 29}, 262}, {{12400, 33}, 263}, {{12433, 38}, 264}, {{12471, 34}, 265}, {{12505, 35}, 266}, {{12556, 40}, 267},
    {{12617, 49}, 268}, {{12666, 44}, 269}, {{12735, 44}, 270}, {{12779, 46}, 271}, {{12825, 48}, 272}, {{12873, 52}, 273},
    {{12925, 39}, 274}, {{12984, 39}, 275}, {{13023, 41}, 276}, {{13064, 51}, 277}, {{13115, 22}, 278}, {{13140, 30}, 279},
    {{13170, 34}, 280}, {{13204, 34}, 281}, {{13238, 31}, 282}, {{13269, 31}, 283}, {{13300, 37}, 284}, {{13337, 24}, 285},
    {{13361, 26}, 286}, {{13394, 35}, 287}, {{13429, 37}, 288}, {{13466, 26}, 289}, {{13492, 28}, 290}, {{13520, 30}, 291},
    {{13561, 34}, 292}, {{13610, 34}, 293}, {{13644, 29}, 294}, {{13673, 39}, 295}, {{13712, 42}, 296}, {{13754, 24}, 297},
    {{13778, 40}, 298}, {{13818, 38}, 299}, {{13856, 44}, 300}, {{13900, 34}, 301}, {{13934, 40}, 302}, {{13995, 49}, 303},
    {{14044, 44}, 304}, {{14113, 44}, 305}, {{14157, 46}, 306}, {{14203, 40}, 307}, {{14243, 32}, 308}, {{14288, 36}, 309},
    {{14341, 36}, 310}, {{14377, 38}, 311}, {{14415, 39}, 312}, {{14454, 33}, 313}, {{14487, 48}, 314}, {{14535, 38}, 315},
    {{14573, 32}, 316}, {{14605, 52}, 317}, {{14657, 33}, 318}, {{14690, 25}, 319}, {{14721, 34}, 320}, {{14755, 36}, 321},
    {{14791, 29}, 322}, {{14830, 35}, 323}, {{14865, 34}, 324}, {{14899, 37}, 325}, {{14936, 34}, 326}, {{14970, 26}, 327},
    {{15003, 33}, 328}, {{15050, 37}, 329}, {{15105, 48}, 330}, {{15153, 30}, 331}, {{15194, 30}, 332}, {{15224, 30}, 333},
    {{15254, 32}, 334}, {{15286, 40}, 335}, {{15326, 50}, 336}, {{15376, 40}, 337}, {{15416, 25}, 338}, {{15441, 34}, 339},
    {{15475, 24}, 340}, {{15499, 29}, 341}, {{15528, 51}, 342}, {{15579, 39}, 343}, {{15618, 43}, 344}, {{15661, 44}, 345},
    {{15705, 25}, 346}, {{15730, 31}, 347}, {{15761, 30}, 348}, {{15791, 37}, 349}, {{15828, 35}, 350}, {{15863, 49}, 351},
    {{15912, 42}, 352}, {{16000, 48}, 353}, {{16048, 32}, 354}, {{16080, 42}, 355}, {{16122, 37}, 356}, {{16159, 36}, 357},
    {{16195, 37}, 358}, {{16264, 41}, 359}, {{16322, 31}, 360}, {{16353, 37}, 361}, {{16390, 47}, 362}, {{16437, 42}, 363},
    {{16479, 41}, 364}, {{16520, 42}, 365}, {{16586, 46}, 366}, {{16632, 36}, 367}, {{16668, 26}, 368}, {{16710, 30}, 369},
    {{16740, 32}, 370}, {{16772, 31}, 371}, {{16824, 35}, 372}, {{16859, 37}, 373}, {{16896, 45}, 374}, {{16941, 50}, 375},
    {{16991, 37}, 376}, {{17053, 44}, 377}, {{17097, 41}, 378}, {{17149, 41}, 379}, {{17190, 41}, 380}, {{17231, 43}, 381},
    {{17274, 40}, 382}, {{17314, 54}, 383}, {{17368, 41}, 384}, {{17455, 50}, 385}, {{17505, 45}, 386}, {{17564, 45}, 387},
    {{17609, 47}, 388}, {{17656, 43}, 389}, {{17699, 44}, 390}, {{17743, 64}, 391}, {{17807, 52}, 392}, {{17859, 54}, 393},
    {{17913, 57}, 394}, {{17996, 66}, 395}, {{18062, 61}, 396}, {{18153, 66}, 397}, {{18219, 61}, 398}, {{18280, 63}, 399},
    {{18343, 51}, 400}, {{18394, 49}, 401}, {{18443, 52}, 402}, {{18495, 38}, 403}, {{18533, 42}, 404}, {{18575, 40}, 405},
    {{18615, 45}, 406}, {{18660, 32}, 407}, {{18692, 32}, 408}, {{18744, 39}, 409}, {{18783, 37}, 410}, {{18832, 41}, 411},
    {{18889, 56}, 412}, {{18945, 41}, 413}, {{18986, 36}, 414}, {{19022, 36}, 415}, {{19058, 46}, 416}, {{19104, 36}, 417},
    {{19140, 38}, 418}, {{19178, 35}, 419}, {{19213, 38}, 420}, {{19264, 48}, 421}, {{19312, 49}, 422}, {{19361, 42}, 423},
    {{19420, 42}, 424}, {{19462, 42}, 425}, {{19504, 42}, 426}, {{19546, 43}, 427}, {{19589, 45}, 428}, {{19634, 50}, 429},
    {{19684, 37}, 430}, {{19746, 44}, 431}, {{19790, 42}, 432}, {{19832, 46}, 433}, {{19878, 61}, 434}, {{19939, 46}, 435},
    {{20000, 41}, 436}, {{20041, 41}, 437}, {{20082, 41}, 438}, {{20123, 43}, 439}, {{20166, 40}, 440}, {{20206, 27}, 441},
    {{20233, 31}, 442}, {{20290, 35}, 443}, {{20341, 29}, 444}, {{20370, 32}, 445}, {{20402, 36}, 446}, {{20457, 40}, 447},
    {{20497, 34}, 448}, {{20531, 40}, 449}, {{20599, 44}, 450}, {{20666, 44}, 451}, {{20710, 46}, 452}, {{20756, 42}, 453},
    {{20798, 43}, 454}, {{20841, 41}, 455}, {{20882, 34}, 456}, {{20938, 48}, 457}, {{20986, 39}, 458}, {{21025, 33}, 459},
    {{21058, 45}, 460}, {{21103, 49}, 461}, {{21152, 49}, 462}, {{21201, 51}, 463}, {{21252, 43}, 464}, {{21312, 47}, 465},
    {{21380, 47}, 466}, {{21427, 51}, 467}, {{21478, 50}, 468}, {{21528, 53}, 469}, {{21581, 48}, 470}, {{21629, 59}, 471},
    {{21688, 34}, 472}, {{21722, 30}, 473}, {{21791, 37}, 474}, {{21846, 41}, 475}, {{21909, 34}, 476}, {{21958, 29}, 477},
    {{21987, 23}, 478}, {{22014, 30}, 479}, {{22055, 34}, 480}, {{22104, 27}, 481}, {{22139, 26}, 482}, {{22165, 26}, 483},
    {{22191, 39}, 484}, {{22230, 35}, 485}, {{22298, 42}, 486}, {{22340, 46}, 487}, {{22386, 39}, 488}, {{22425, 34}, 489},
    {{22459, 28}, 490}, {{22487, 35}, 491}, {{22522, 39}, 492}, {{22561, 32}, 493}, {{22593, 31}, 494}, {{22624, 31}, 495},
    {{22655, 38}, 496}, {{22726, 42}, 497}, {{22785, 43}, 498}, {{22853, 47}, 499}, {{22900, 31}, 500}, {{22957, 35}, 501},
    {{23005, 35}, 502}, {{23040, 29}, 503}, {{23076, 35}, 504}, {{23111, 33}, 505}, {{23155, 33}, 506}, {{23188, 34}, 507},
    {{23234, 38}, 508}, {{23288, 34}, 509}, {{23322, 38}, 510}, {{23376, 42}, 511}, {{23438, 44}, 512}, {{23482, 42}, 513},
    {{23524, 44}, 514}, {{23568, 33}, 515}, {{23601, 41}, 516}, {{23642, 36}, 517}, {{23700, 40}, 518}, {{23740, 40}, 519},
    {{23780, 34}, 520}, {{23814, 40}, 521}, {{23854, 38}, 522}, {{23892, 38}, 523}, {{23930, 45}, 524}, {{24000, 49}, 525},
    {{24071, 39}, 526}, {{24110, 43}, 527}, {{24153, 39}, 528}, {{24192, 43}, 529}, {{24235, 47}, 530}, {{24282, 49}, 531},
    {{24331, 47}, 532}, {{24378, 49}, 533}, {{24427, 38}, 534}, {{24465, 46}, 535}, {{24511, 87}, 536}, {{24598, 81}, 537},
    {{24679, 81}, 538}, {{24807, 90}, 539}, {{24897, 85}, 540}, {{25010, 86}, 541}, {{25096, 85}, 542}, {{25181, 87}, 543},
    {{25268, 88}, 544}, {{25356, 87}, 545}, {{25443, 88}, 546}, {{25531, 83}, 547}, {{25614, 81}, 548}, {{25695, 78}, 549},
    {{25773, 61}, 550}, {{25834, 72}, 551}, {{25906, 79}, 552}, {{25985, 78}, 553}, {{26063, 85}, 554}, {{26148, 73}, 555},
    {{26221, 76}, 556}, {{26297, 74}, 557}, {{26371, 92}, 558}, {{26463, 86}, 559}, {{26549, 86}, 560}, {{26663, 95}, 561},
    {{26758, 90}, 562}, {{26848, 91}, 563}, {{26939, 90}, 564}, {{27029, 92}, 565}, {{27121, 93}, 566}, {{27214, 92}, 567},
    {{27306, 93}, 568}, {{27399, 88}, 569}, {{27487, 86}, 570}, {{27573, 83}, 571}, {{27656, 66}, 572}, {{27722, 77}, 573},
    {{27799, 84}, 574}, {{27883, 83}, 575}, {{28000, 90}, 576}, {{28090, 78}, 577}, {{28168, 81}, 578}, {{28249, 45}, 579},
    {{28294, 45}, 580}, {{28347, 49}, 581}, {{28408, 48}, 582}, {{28456, 52}, 583}, {{28523, 48}, 584}, {{28582, 46}, 585},
    {{28628, 50}, 586}, {{29014, 45}, 587}, {{29059, 61}, 588}, {{29120, 50}, 589}, {{29170, 61}, 590}, {{29231, 45}, 591},
    {{29276, 55}, 592}, {{29331, 46}, 593}, {{29377, 47}, 594}, {{29424, 51}, 595}, {{29475, 42}, 596}, {{29517, 50}, 597},
    {{29567, 62}, 598}, {{29629, 43}, 599}, {{29678, 48}, 600}, {{29726, 50}, 601}, {{29776, 41}, 602}, {{29817, 47}, 603},
    {{29874, 44}, 604}, {{29918, 47}, 605}, {{29965, 36}, 606}, {{30001, 61}, 607}, {{30072, 70}, 608}, {{30142, 65}, 609},
    {{30221, 65}, 610}, {{30286, 67}, 611}, {{30353, 67}, 612}, {{30420, 66}, 613}, {{30486, 75}, 614}, {{30561, 70}, 615},
    {{30631, 70}, 616}, {{30701, 72}, 617}, {{30773, 72}, 618}, {{30845, 23}, 619}, {{30912, 23}, 620}, {{30948, 23}, 621},
    {{30984, 23}, 622}, {{31020, 20}, 623},
};

static const struct schema_kind_row builtin_kinds[] = {
    {{28339, 8}, {9094, 2}, 580}, {{28396, 12}, {9094, 2}, 581}, {{28508, 15}, {9094, 2}, 583}, {{30062, 10}, {28734, 25}, 607},
    {{30062, 10}, {28759, 30}, 613}, {{30207, 14}, {28734, 25}, 609}, {{30207, 14}, {28759, 30}, 615}, {{28571, 11}, {9094, 2}, 584},
    {{9087, 7}, {9094, 2}, 172}, {{22931, 9}, {22940, 17}, 500}, {{22931, 9}, {23678, 22}, 517}, {{22992, 13}, {22940, 17}, 501},
    {{22992, 13}, {23678, 22}, 518}, {{23069, 7}, {22940, 17}, 503}, {{23069, 7}, {23678, 22}, 520}, {{23144, 11}, {22940, 17}, 505},
    {{23144, 11}, {23678, 22}, 522}, {{23975, 18}, {23678, 22}, 524}, {{24049, 22}, {23678, 22}, 525}, {{7843, 25}, {7868, 22}, 150},
    {{7843, 25}, {8256, 27}, 155}, {{8056, 29}, {7868, 22}, 152}, {{8056, 29}, {8256, 27}, 157}, {{21752, 11}, {21763, 28}, 473},
    {{21752, 11}, {22265, 33}, 485}, {{21828, 18}, {21763, 28}, 474}, {{21828, 18}, {22265, 33}, 486}, {{21887, 22}, {21763, 28}, 475},
    {{21887, 22}, {22265, 33}, 487}, {{21943, 15}, {21763, 28}, 476}, {{21943, 15}, {22265, 33}, 488}, {{9477, 15}, {9094, 2}, 182},
    {{9530, 19}, {9094, 2}, 183}, {{9577, 9}, {9094, 2}, 184}, {{30868, 13}, {30881, 31}, 619}, {{9694, 13}, {9094, 2}, 187},
    {{1339, 18}, {1357, 7}, 19}, {{1405, 22}, {1357, 7}, 20}, {{7292, 7}, {7299, 8}, 135}, {{7292, 7}, {7628, 13}, 145},
    {{7338, 11}, {7299, 8}, 136}, {{7338, 11}, {7628, 13}, 146}, {{24760, 24}, {24784, 23}, 538}, {{24760, 24}, {26635, 28}, 560},
    {{24982, 28}, {24784, 23}, 540}, {{24982, 28}, {26635, 28}, 562}, {{1455, 9}, {1357, 7}, 21}, {{1533, 13}, {1357, 7}, 23},
    {{28678, 13}, {28691, 19}, 586}, {{28678, 13}, {28710, 24}, 586}, {{28678, 13}, {143, 31}, 586}, {{28678, 13}, {813, 36}, 586},
    {{28678, 13}, {24784, 23}, 586}, {{28678, 13}, {26635, 28}, 586}, {{28678, 13}, {28734, 25}, 586}, {{28678, 13}, {28759, 30}, 586},
    {{28678, 13}, {1357, 7}, 586}, {{28678, 13}, {28789, 12}, 586}, {{28678, 13}, {28801, 12}, 586}, {{28678, 13}, {2554, 24}, 586},
    {{28678, 13}, {2893, 29}, 586}, {{28678, 13}, {3140, 23}, 586}, {{28678, 13}, {3875, 28}, 586}, {{28678, 13}, {4722, 14}, 586},
    {{28678, 13}, {5366, 19}, 586}, {{28678, 13}, {6429, 19}, 586}, {{28678, 13}, {7299, 8}, 586}, {{28678, 13}, {7628, 13}, 586},
    {{28678, 13}, {7868, 22}, 586}, {{28678, 13}, {8256, 27}, 586}, {{28678, 13}, {8571, 22}, 586}, {{28678, 13}, {8711, 27}, 586},
    {{28678, 13}, {16245, 19}, 586}, {{28678, 13}, {16562, 24}, 586}, {{28678, 13}, {16694, 16}, 586}, {{28678, 13}, {16803, 21}, 586},
    {{28678, 13}, {17035, 18}, 586}, {{28678, 13}, {28813, 37}, 586}, {{28678, 13}, {17419, 36}, 586}, {{28678, 13}, {28850, 27}, 586},
    {{28678, 13}, {28877, 34}, 586}, {{28678, 13}, {18724, 20}, 586}, {{28678, 13}, {19721, 25}, 586}, {{28678, 13}, {20276, 14}, 586},
    {{28678, 13}, {28911, 20}, 586}, {{28678, 13}, {20438, 19}, 586}, {{28678, 13}, {20590, 9}, 586}, {{28678, 13}, {20924, 14}, 586},
    {{28678, 13}, {21763, 28}, 586}, {{28678, 13}, {28931, 34}, 586}, {{28678, 13}, {22265, 33}, 586}, {{28678, 13}, {22706, 20}, 586},
    {{28678, 13}, {28965, 26}, 586}, {{28678, 13}, {22828, 25}, 586}, {{28678, 13}, {22940, 17}, 586}, {{28678, 13}, {28991, 23}, 586},
    {{28678, 13}, {23678, 22}, 586}, {{28678, 13}, {9094, 2}, 586}, {{1683, 10}, {1357, 7}, 27}, {{1764, 14}, {1357, 7}, 29},
    {{16232, 13}, {16245, 19}, 358}, {{16232, 13}, {16562, 24}, 365}, {{16305, 17}, {16245, 19}, 359}, {{16305, 17}, {16562, 24}, 366},
    {{10432, 9}, {9094, 2}, 207}, {{10473, 13}, {9094, 2}, 208}, {{10675, 5}, {16694, 16}, 368}, {{10675, 5}, {16803, 21}, 371},
    {{10675, 5}, {9094, 2}, 214}, {{10708, 9}, {16694, 16}, 369}, {{10708, 9}, {16803, 21}, 372}, {{10708, 9}, {9094, 2}, 215},
    {{20916, 8}, {20924, 14}, 456}, {{17409, 10}, {17419, 36}, 384}, {{17550, 14}, {17419, 36}, 386}, {{30935, 13}, {30881, 31}, 620},
    {{4699, 23}, {4722, 14}, 86}, {{4699, 23}, {5366, 19}, 98}, {{4699, 23}, {6429, 19}, 118}, {{4789, 27}, {4722, 14}, 87},
    {{4789, 27}, {5366, 19}, 100}, {{4789, 27}, {6429, 19}, 121}, {{17028, 7}, {17035, 18}, 376}, {{17028, 7}, {18724, 20}, 408},
    {{17028, 7}, {19721, 25}, 430}, {{18820, 12}, {18724, 20}, 410}, {{18820, 12}, {19721, 25}, 432}, {{18873, 16}, {18724, 20}, 411},
    {{18873, 16}, {19721, 25}, 433}, {{17138, 11}, {17035, 18}, 378}, {{17138, 11}, {18724, 20}, 414}, {{17138, 11}, {19721, 25}, 436},
    {{7436, 3}, {7299, 8}, 139}, {{7498, 7}, {7299, 8}, 141}, {{30971, 13}, {30881, 31}, 621}, {{31007, 13}, {30881, 31}, 622},
    {{8566, 5}, {8571, 22}, 160}, {{8566, 5}, {8711, 27}, 163}, {{8629, 9}, {8571, 22}, 161}, {{8629, 9}, {8711, 27}, 164},
    {{11454, 10}, {9094, 2}, 236}, {{11530, 14}, {9094, 2}, 238}, {{3116, 24}, {3140, 23}, 59}, {{3116, 24}, {3875, 28}, 72},
    {{115, 28}, {143, 31}, 2}, {{115, 28}, {813, 36}, 11}, {{242, 32}, {143, 31}, 3}, {{242, 32}, {813, 36}, 12}, {{11789, 9}, {9094, 2}, 245},
    {{11867, 13}, {9094, 2}, 247}, {{19251, 13}, {18724, 20}, 420}, {{19403, 17}, {18724, 20}, 423}, {{11969, 4}, {9094, 2}, 250},
    {{12228, 8}, {9094, 2}, 257}, {{12540, 16}, {9094, 2}, 266}, {{12596, 21}, {9094, 2}, 267}, {{12710, 25}, {9094, 2}, 269},
    {{12964, 20}, {9094, 2}, 274}, {{13137, 3}, {9094, 2}, 278}, {{20571, 19}, {20590, 9}, 449}, {{20571, 19}, {20924, 14}, 460},
    {{20643, 23}, {20590, 9}, 450}, {{20643, 23}, {20924, 14}, 461}, {{13387, 7}, {9094, 2}, 286}, {{21295, 17}, {20924, 14}, 464},
    {{21359, 21}, {20924, 14}, 465}, {{13550, 11}, {9094, 2}, 291}, {{13595, 15}, {9094, 2}, 292}, {{22693, 13}, {22706, 20}, 496},
    {{22693, 13}, {22828, 25}, 498}, {{22768, 17}, {22706, 20}, 497}, {{22768, 17}, {22828, 25}, 499}, {{17970, 26}, {17419, 36}, 394},
    {{18123, 30}, {17419, 36}, 396}, {{1912, 10}, {1357, 7}, 33}, {{1993, 14}, {1357, 7}, 35}, {{13974, 21}, {9094, 2}, 302},
    {{14088, 25}, {9094, 2}, 304}, {{14275, 13}, {9094, 2}, 308}, {{14324, 17}, {9094, 2}, 309}, {{22010, 4}, {21763, 28}, 478},
    {{22010, 4}, {22265, 33}, 490}, {{22044, 11}, {21763, 28}, 479}, {{22044, 11}, {22265, 33}, 491}, {{22089, 15}, {21763, 28}, 480},
    {{22089, 15}, {22265, 33}, 492}, {{22131, 8}, {21763, 28}, 481}, {{22131, 8}, {22265, 33}, 493}, {{20264, 12}, {20276, 14}, 442},
    {{20264, 12}, {20438, 19}, 446}, {{20325, 16}, {20276, 14}, 443}, {{20325, 16}, {20438, 19}, 447}, {{4955, 5}, {4722, 14}, 90},
    {{14715, 6}, {9094, 2}, 319}, {{31040, 10}, {30881, 31}, 623}, {{14820, 10}, {9094, 2}, 322}, {{3392, 23}, {3140, 23}, 64},
    {{3392, 23}, {3875, 28}, 77}, {{3520, 22}, {3140, 23}, 66}, {{3520, 22}, {3875, 28}, 79}, {{14996, 7}, {9094, 2}, 327},
    {{15036, 14}, {9094, 2}, 328}, {{15087, 18}, {9094, 2}, 329}, {{15183, 11}, {9094, 2}, 331}, {{2239, 11}, {1357, 7}, 41},
    {{2323, 15}, {1357, 7}, 43}, {{29672, 6}, {9094, 2}, 599}, {{23222, 12}, {22940, 17}, 507}, {{23222, 12}, {23678, 22}, 526},
    {{23272, 16}, {22940, 17}, 508}, {{23272, 16}, {23678, 22}, 527}, {{3643, 19}, {3140, 23}, 68}, {{3643, 19}, {3875, 28}, 81},
    {{2542, 12}, {2554, 24}, 48}, {{2710, 11}, {2554, 24}, 51}, {{2710, 11}, {2893, 29}, 55}, {{499, 30}, {143, 31}, 7},
    {{499, 30}, {813, 36}, 16}, {{599, 34}, {143, 31}, 8}, {{599, 34}, {813, 36}, 17}, {{23360, 16}, {22940, 17}, 510},
    {{23360, 16}, {23678, 22}, 529}, {{23418, 20}, {22940, 17}, 511}, {{23418, 20}, {23678, 22}, 530}, {{29864, 10}, {28691, 19}, 603},
    {{29864, 10}, {28710, 24}, 603}, {{29864, 10}, {143, 31}, 603}, {{29864, 10}, {813, 36}, 603}, {{29864, 10}, {24784, 23}, 603},
    {{29864, 10}, {26635, 28}, 603}, {{29864, 10}, {28734, 25}, 603}, {{29864, 10}, {28759, 30}, 603}, {{29864, 10}, {1357, 7}, 603},
    {{29864, 10}, {28789, 12}, 603}, {{29864, 10}, {28801, 12}, 603}, {{29864, 10}, {2554, 24}, 603}, {{29864, 10}, {2893, 29}, 603},
    {{29864, 10}, {3140, 23}, 603}, {{29864, 10}, {3875, 28}, 603}, {{29864, 10}, {4722, 14}, 603}, {{29864, 10}, {5366, 19}, 603},
    {{29864, 10}, {6429, 19}, 603}, {{29864, 10}, {7299, 8}, 603}, {{29864, 10}, {7628, 13}, 603}, {{29864, 10}, {7868, 22}, 603},
    {{29864, 10}, {8256, 27}, 603}, {{29864, 10}, {8571, 22}, 603}, {{29864, 10}, {8711, 27}, 603}, {{29864, 10}, {16245, 19}, 603},
    {{29864, 10}, {16562, 24}, 603}, {{29864, 10}, {16694, 16}, 603}, {{29864, 10}, {16803, 21}, 603}, {{29864, 10}, {17035, 18}, 603},
    {{29864, 10}, {28813, 37}, 603}, {{29864, 10}, {17419, 36}, 603}, {{29864, 10}, {28850, 27}, 603}, {{29864, 10}, {28877, 34}, 603},
    {{29864, 10}, {18724, 20}, 603}, {{29864, 10}, {19721, 25}, 603}, {{29864, 10}, {20276, 14}, 603}, {{29864, 10}, {28911, 20}, 603},
    {{29864, 10}, {20438, 19}, 603}, {{29864, 10}, {20590, 9}, 603}, {{29864, 10}, {20924, 14}, 603}, {{29864, 10}, {21763, 28}, 603},
    {{29864, 10}, {28931, 34}, 603}, {{29864, 10}, {22265, 33}, 603}, {{29864, 10}, {22706, 20}, 603}, {{29864, 10}, {28965, 26}, 603},
    {{29864, 10}, {22828, 25}, 603}, {{29864, 10}, {22940, 17}, 603}, {{29864, 10}, {28991, 23}, 603}, {{29864, 10}, {23678, 22}, 603},
    {{29864, 10}, {9094, 2}, 603},
};

static const struct schema_kind_row builtin_scopes[] = {
    {{30062, 10}, {28734, 25}, 2}, {{30062, 10}, {28759, 30}, 2}, {{22931, 9}, {22940, 17}, 2}, {{22931, 9}, {23678, 22}, 2},
    {{23069, 7}, {22940, 17}, 2}, {{23069, 7}, {23678, 22}, 2}, {{23975, 18}, {23678, 22}, 1}, {{7843, 25}, {7868, 22}, 2},
    {{7843, 25}, {8256, 27}, 2}, {{21752, 11}, {21763, 28}, 2}, {{21752, 11}, {22265, 33}, 2}, {{21828, 18}, {21763, 28}, 2},
    {{21828, 18}, {22265, 33}, 2}, {{9477, 15}, {9094, 2}, 2}, {{9577, 9}, {9094, 2}, 1}, {{1339, 18}, {1357, 7}, 1},
    {{7292, 7}, {7299, 8}, 1}, {{7292, 7}, {7628, 13}, 1}, {{24760, 24}, {24784, 23}, 2}, {{24760, 24}, {26635, 28}, 2},
    {{1455, 9}, {1357, 7}, 1}, {{1683, 10}, {1357, 7}, 1}, {{16232, 13}, {16245, 19}, 1}, {{16232, 13}, {16562, 24}, 1},
    {{10432, 9}, {9094, 2}, 1}, {{10675, 5}, {16694, 16}, 1}, {{10675, 5}, {16803, 21}, 1}, {{10675, 5}, {9094, 2}, 1},
    {{17409, 10}, {17419, 36}, 2}, {{4699, 23}, {4722, 14}, 1}, {{4699, 23}, {5366, 19}, 1}, {{4699, 23}, {6429, 19}, 1},
    {{17028, 7}, {17035, 18}, 1}, {{17028, 7}, {18724, 20}, 1}, {{17028, 7}, {19721, 25}, 1}, {{18820, 12}, {18724, 20}, 2},
    {{18820, 12}, {19721, 25}, 2}, {{7436, 3}, {7299, 8}, 1}, {{8566, 5}, {8571, 22}, 1}, {{8566, 5}, {8711, 27}, 1},
    {{11454, 10}, {9094, 2}, 1}, {{115, 28}, {143, 31}, 2}, {{115, 28}, {813, 36}, 2}, {{11789, 9}, {9094, 2}, 2},
    {{19251, 13}, {18724, 20}, 1}, {{11969, 4}, {9094, 2}, 2}, {{31050, 16}, {9094, 2}, 2}, {{12540, 16}, {9094, 2}, 2},
    {{12596, 21}, {9094, 2}, 1}, {{13137, 3}, {9094, 2}, 1}, {{31066, 16}, {9094, 2}, 1}, {{20571, 19}, {20590, 9}, 1},
    {{20571, 19}, {20924, 14}, 1}, {{31082, 14}, {9094, 2}, 1}, {{31096, 21}, {9094, 2}, 1}, {{31117, 15}, {9094, 2}, 1},
    {{21295, 17}, {20924, 14}, 2}, {{13550, 11}, {9094, 2}, 1}, {{22693, 13}, {22706, 20}, 2}, {{22693, 13}, {22828, 25}, 2},
    {{17970, 26}, {17419, 36}, 2}, {{1912, 10}, {1357, 7}, 1}, {{13974, 21}, {9094, 2}, 1}, {{14275, 13}, {9094, 2}, 1},
    {{22010, 4}, {21763, 28}, 1}, {{22010, 4}, {22265, 33}, 1}, {{22044, 11}, {21763, 28}, 1}, {{22044, 11}, {22265, 33}, 1},
    {{20264, 12}, {20276, 14}, 2}, {{20264, 12}, {20438, 19}, 2}, {{4955, 5}, {4722, 14}, 1}, {{14715, 6}, {9094, 2}, 1},
    {{14996, 7}, {9094, 2}, 1}, {{15036, 14}, {9094, 2}, 1}, {{31132, 19}, {9094, 2}, 1}, {{2239, 11}, {1357, 7}, 1},
    {{23222, 12}, {22940, 17}, 2}, {{23222, 12}, {23678, 22}, 2}, {{499, 30}, {143, 31}, 2}, {{499, 30}, {813, 36}, 2},
    {{23360, 16}, {22940, 17}, 2}, {{23360, 16}, {23678, 22}, 2},
};

static const struct schema builtin_schema = {
    .texts = (const char *)builtin_texts,
    .types = builtin_types,
    .fields = builtin_fields,
    .merges = builtin_merges,
    .definitions = builtin_definitions,
    .kinds = builtin_kinds,
    .scopes = builtin_scopes,
    .text_size = 39905,
    .type_count = 1064,
    .field_count = 2658,
    .merge_count = 11,
    .definition_count = 623,
    .kind_count = 274,
    .scope_count = 82,
};
