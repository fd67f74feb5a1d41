import { readFileSync } from "node:fs";

import cannon from "autocannon";

/** Loads one target and prints what it measured as JSON. Argument: a file with the target. */
const { url, connections, seconds, requests } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
let next = 0;
const result = await cannon({
  url,
  connections,
  duration: seconds,
  method: "POST",
  setupClient: (client) => {
    // Every connection has its share of the requests, so that no two send the same at a time.
    const share = requests.filter((_: unknown, index: number) => index % connections === next);
    next++;
    client.setRequests(
      share.map(({ path, headers, body }: { path: string; headers: Record<string, string>; body: string }) => ({
        method: "POST",
        path,
        headers: { "content-type": "application/json", ...headers },
        body,
      })),
    );
  },
});
process.stdout.write(
  JSON.stringify({
    requests: result.requests.total,
    perSecond: result.requests.total / result.duration,
    medianMs: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  }),
);
