/**
 * The audiences of access tokens for the Partner Center API: the endpoint of each cloud as the cmdlet knows it, and the
 * application id of the API (Partner Center: set up API access).
 */
export const PARTNER_CENTER_AUDIENCES: readonly string[] = [
  "https://api.partnercenter.microsoft.com",
  "https://partner.partnercenterapi.microsoftonline.cn",
  "https://api.partnercenter.microsoft-ppe.com",
  "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
].flatMap((audience) => (audience.startsWith("https:") ? [audience, `${audience}/`] : [audience]));
