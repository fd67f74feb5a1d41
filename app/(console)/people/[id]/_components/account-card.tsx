import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { PersonDetail } from "@/lib/people/queries";

export function AccountCard({ person }: { person: PersonDetail }) {
  const { lastSignInAt, createdAt, timeZone, inviteExpiresAt } = person;
  return (
    <Card>
      <CardHeader title="Account" />
      <CardBody className="py-2.5">
        <KeyValueList
          items={[
            { label: "Last sign-in", value: lastSignInAt ? <Time value={lastSignInAt} /> : "Never" },
            { label: "Added", value: <Time value={createdAt} format="date" /> },
            { label: "Time zone", value: timeZone ?? "As the browser" },
            ...(inviteExpiresAt
              ? [{ label: "Open link until", value: <Time value={inviteExpiresAt} format="minute" /> }]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}
