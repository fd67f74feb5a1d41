/** What the organisation's requests come to, within what rounding and the end of a round do to it. */
const EXPECTED = { allow: [0.92, 0.98], deny: [0.03, 0.05], escalate: [0.005, 0.02] } as const;

/**
 * Checks by the gate's own count that what was measured is what was meant: a gate that denies everything, say for the rate of requests, would be
 * no slower.
 * @throws Error when the shares are others.
 */
export async function expectMix(gatePort: number): Promise<void> {
  const metrics = await (await fetch(`http://127.0.0.1:${gatePort}/api/v1/metrics`)).text();
  const count = (effect: string): number =>
    Number(new RegExp(`^remit_decision_seconds_count\\{effect="${effect}"\\} (\\d+)`, "m").exec(metrics)?.[1] ?? 0);
  const total = Object.keys(EXPECTED).reduce((sum, effect) => sum + count(effect), 0);
  for (const [effect, [least, most]] of Object.entries(EXPECTED)) {
    const share = count(effect) / total;
    if (!(share >= least && share <= most)) {
      throw new Error(
        `${(share * 100).toFixed(1)} % of the gate's decisions were "${effect}": this is not what was to be measured.`,
      );
    }
  }
}
