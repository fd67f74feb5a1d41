import { ArrowLeft, ArrowRight, ScrollText } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";

import { Actor } from "@/app/(console)/audit/_components/actor";
import { recordHref } from "@/app/(console)/audit/_components/record-href";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Hash } from "@/components/ui/hash";
import { JsonView } from "@/components/ui/json-view";
import { KeyValueList } from "@/components/ui/key-value";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { getAuditRecord } from "@/lib/audit/queries";
import { requireViewer } from "@/lib/auth/session";

interface RecordPageProps {
  params: Promise<{ record: string[] }>;
}

const load = cache(async (address: string) => {
  const viewer = await requireViewer("audit.read");
  const [stream, seq] = [address.slice(0, address.lastIndexOf("/")), address.slice(address.lastIndexOf("/") + 1)];
  const record = /^\d{1,19}$/.test(seq) ? await getAuditRecord(viewer, stream, BigInt(seq)) : null;
  return record ?? notFound();
});

/** Next leaves the parts of the address as they were sent. */
const addressOf = async ({ params }: RecordPageProps): Promise<string> => {
  try {
    return (await params).record.map(decodeURIComponent).join("/");
  } catch {
    notFound();
  }
};

export async function generateMetadata(props: RecordPageProps) {
  const record = await load(await addressOf(props));
  return { title: `${record.action} #${record.seq}` };
}

export default async function RecordPage(props: RecordPageProps) {
  const record = await load(await addressOf(props));
  const { stream, seq, neighbours, subject, node } = record;
  const beside = (step: bigint): string => recordHref({ stream, seq: (BigInt(seq) + step).toString() });
  return (
    <Page>
      <Crumbs items={[{ label: `#${seq}` }]} />
      <PageHeader
        leading={<ScrollText aria-hidden className="mt-1 size-5 text-muted" />}
        title={<span className="font-mono text-lg">{record.action}</span>}
        description={record.summary || undefined}
        actions={
          <>
            <Neighbour
              href={neighbours.previous ? beside(-1n) : null}
              label="Previous in the chain"
              icon={<ArrowLeft aria-hidden />}
            />
            <Neighbour
              href={neighbours.next ? beside(1n) : null}
              label="Next in the chain"
              icon={<ArrowRight aria-hidden />}
            />
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title="What happened" />
          <CardBody>
            <KeyValueList
              items={[
                { label: "When", value: <Time value={record.at} format="second" /> },
                { label: "Who", value: <Actor actor={record.actor} /> },
                { label: "Subject", value: <Subject subject={subject} /> },
                {
                  label: "Part of the chart",
                  value: node ? (
                    <Link href={`/audit?node=${node.slug}`} className="rounded-sm underline-offset-4 hover:underline">
                      {node.name}
                    </Link>
                  ) : (
                    "the whole organisation"
                  ),
                },
              ]}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Its place in the chain" description="hash = SHA-256 (hash before ‖ body)" />
          <CardBody>
            <KeyValueList
              items={[
                { label: "Chain", value: <span className="font-mono text-xs">{stream}</span> },
                { label: "Number", value: <span className="font-mono text-xs">{seq}</span> },
                {
                  label: "Hash before",
                  value: <Hash value={record.prevHash} label="hash before" show={{ start: 32 }} />,
                },
                { label: "Hash", value: <Hash value={record.hash} label="hash" show={{ start: 32 }} /> },
              ]}
            />
          </CardBody>
        </Card>
      </div>
      <Card>
        <CardHeader title="Details" />
        <CardBody>
          <JsonView value={record.detail} label="Details" depth={3} />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Body" description="Canonical JSON (RFC 8785), byte for byte as it was hashed." />
        <CardBody>
          <CodeBlock code={record.body} label="Body" wrap />
        </CardBody>
      </Card>
    </Page>
  );
}

function Subject({ subject }: { subject: Awaited<ReturnType<typeof load>>["subject"] }) {
  const words = (
    <>
      {subject.name ?? <span className="font-mono text-xs">{subject.id}</span>}{" "}
      <span className="text-xs text-muted">{subject.kind}</span>
    </>
  );
  if (subject.href === null) return words;
  return (
    <Link href={subject.href} className="rounded-sm underline-offset-4 hover:underline">
      {words}
    </Link>
  );
}

function Neighbour({ href, label, icon }: { href: string | null; label: string; icon: React.ReactNode }) {
  if (href === null) {
    return (
      <Button size="icon" disabled aria-label={label}>
        {icon}
      </Button>
    );
  }
  return (
    <Button size="icon" asChild>
      <Link href={href} aria-label={label} title={label}>
        {icon}
      </Link>
    </Button>
  );
}
