/**
 * Audiences of Microsoft Graph: its application id, and its address in each cloud. Microsoft Graph: national cloud
 * deployments.
 */
const GRAPH_AUDIENCES: readonly string[] = [
  "00000003-0000-0000-c000-000000000000",
  "https://graph.microsoft.com",
  "https://graph.microsoft.us",
  "https://dod-graph.microsoft.us",
  "https://graph.microsoft.de",
  "https://microsoftgraph.chinacloudapi.cn",
];

/** Whether an audience is Microsoft Graph. */
export function isGraphAudience(audience: unknown): boolean {
  return typeof audience === "string" && GRAPH_AUDIENCES.includes(audience.replace(/\/$/, ""));
}
