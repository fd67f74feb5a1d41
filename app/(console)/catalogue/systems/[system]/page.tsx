import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";
import { catalogueParams } from "@/app/(console)/catalogue/search-params";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { readSystem, type SystemPage as SystemView } from "@/lib/rollbacks/receiver-queries";
import { CallsTable } from "./_components/calls-table";
import { ReceiverButtons } from "./_components/receiver-buttons";
import { ReceiverDialog } from "./_components/receiver-dialog";

interface SystemPageProps {
  params: Promise<{ system: string }>;
}

const load = cache(async (id: string) => {
  const viewer = await requireViewer("catalogue.read");
  return (await readSystem(viewer, id)) ?? notFound();
});

export async function generateMetadata({ params }: SystemPageProps) {
  const { name } = await load((await params).system);
  return { title: name };
}

export default async function SystemPage({ params }: SystemPageProps) {
  const system = await load((await params).system);
  return (
    <Page>
      <Live topics={["catalogue", "reviews"]} />
      <Crumbs items={[{ label: "Systems", href: "/catalogue/systems" }, { label: system.name }]} />
      <PageHeader
        title={system.name}
        description={system.description ?? <span className="font-mono text-xs">{system.id}</span>}
        actions={
          <Button asChild>
            <Link href={catalogueParams.href("/catalogue", { system: [system.id] })}>Its actions</Link>
          </Button>
        }
      />
      <Card>
        <CardHeader
          title="Rollbacks"
          description="What happens when a person has something undone by an action of this system."
          actions={system.manages && <ReceiverDialog system={system} exists={system.called} />}
        />
        <CardBody className="flex flex-col gap-4 text-sm">
          <Carried system={system} />
          {system.undoing.length > 0 && (
            <ul aria-label="What its actions undo" className="flex flex-col gap-1">
              {system.undoing.map(({ id, undoes }) => (
                <li key={`${id} ${undoes}`} className="flex flex-wrap items-center gap-1.5">
                  <Link href={`/catalogue/${id}`} className="underline-offset-4 hover:underline">
                    <Code>{id}</Code>
                  </Link>
                  <span className="text-muted">undoes</span>
                  <Link href={`/catalogue/${undoes}`} className="underline-offset-4 hover:underline">
                    <Code>{undoes}</Code>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </CardBody>
      </Card>
      {system.receiver !== null && system.receiver.calls.length > 0 && (
        <Card>
          <CardHeader title="Last calls" description="Each is signed; a repeat has the same message id." />
          <CallsTable calls={system.receiver.calls} />
        </Card>
      )}
    </Page>
  );
}

function Carried({ system }: { system: SystemView }) {
  const { receiver } = system;
  if (!system.called)
    return (
      <p>
        The software of the agent that acted fetches the rollback as a task (<Code>GET /api/v1/tasks</Code>), carries it
        out and reports how it went.
      </p>
    );
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="flex min-w-0 flex-col gap-1">
        <p>Remit calls the system’s receiver, signed as Standard Webhooks.</p>
        {receiver !== null && (
          <p className="text-muted wrap-anywhere">
            <span className="font-mono text-xs">{receiver.shownUrl}</span>, since <Time value={receiver.createdAt} />
            {receiver.previousUntil !== null && (
              <>
                ; the secret before signs until <Time value={receiver.previousUntil} format="dayTime" />
              </>
            )}
          </p>
        )}
      </div>
      {system.manages && (
        <div className="flex gap-2">
          <ReceiverButtons systemId={system.id} />
        </div>
      )}
    </div>
  );
}
