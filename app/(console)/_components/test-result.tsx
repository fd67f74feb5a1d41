import { CircleCheck, CircleX, Hourglass } from "lucide-react";

import { Banner } from "@/components/ui/banner";
import { Duration } from "@/components/ui/duration";
import { Time } from "@/components/ui/time";
import type { TestView } from "@/lib/notify/views";

/** What has come of a test message; the page that shows it is live. */
export function TestResult({ test }: { test: TestView | null }) {
  return <div aria-live="polite">{test !== null && <Shown test={test} />}</div>;
}

function Shown({ test: { state, attempts, statusCode, durationMs, error, createdAt } }: { test: TestView }) {
  const when = <Time value={createdAt} />;
  switch (state) {
    case "sent":
      return (
        <Banner tone="allow" icon={<CircleCheck aria-hidden />} title="The test was taken">
          {statusCode !== null && `Answered ${statusCode} `}after <Duration ms={durationMs} />, sent {when}.
        </Banner>
      );
    case "waiting":
      return (
        <Banner
          tone="escalate"
          icon={<Hourglass aria-hidden />}
          title={attempts === 0 || error === null ? "Sending the test" : "Not yet"}
        >
          {error === null
            ? "It leaves within a second or two."
            : `It ${error}. It is tried again by itself; the first attempt was `}
          {error !== null && <>{when}.</>}
        </Banner>
      );
    case "dead":
    case "dropped":
      return (
        <Banner tone="deny" icon={<CircleX aria-hidden />} title="The test did not arrive">
          {error ?? "It was not sent."} ({when})
        </Banner>
      );
  }
}
