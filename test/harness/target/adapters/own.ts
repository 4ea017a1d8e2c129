/** An adapter of a partner's own. */
export function ownAdapter(artifact: string, asked: { readonly issuer: string }) {
  if (artifact.endsWith("throws")) throw new Error("it fell over");
  if (artifact.endsWith("nonsense")) return { verdict: "yes" };
  if (artifact.endsWith("doubts")) return { decision: "refuse", reason: "perhaps", confidence: "low" };
  return { decision: "challenge", reason: `asked by ${asked.issuer}` };
}
