import { KeyRound } from "lucide-react";

import { actionToTry } from "@/app/(console)/_components/first-decision";
import { IssueCredential } from "@/app/(console)/agents/[slug]/_components/issue-credential";
import { RevokeCredential } from "@/app/(console)/agents/[slug]/_components/revoke-credential";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { effectiveAuthority } from "@/lib/agents/authority-queries";
import { listCredentials, type CredentialRow } from "@/lib/agents/agent-queries";
import { env } from "@/lib/server/env";

const STATES: Record<CredentialRow["state"], { label: string; tone: Tone }> = {
  live: { label: "Live", tone: "allow" },
  expired: { label: "Expired", tone: "neutral" },
  revoked: { label: "Revoked", tone: "deny" },
};

export default async function CredentialsPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const [credentials, authority] = await Promise.all([
    listCredentials(viewer, agent.id),
    effectiveAuthority(viewer, agent.id),
  ]);
  const mayIssue = agent.may.writeCredentials && agent.status !== "retired";
  const issue = mayIssue && (
    <IssueCredential
      agentId={agent.id}
      agentName={agent.name}
      gateUrl={env().REMIT_GATE_URL}
      tryAction={actionToTry(authority?.actions ?? []) ?? "system.action"}
    />
  );
  return (
    <Card>
      <CardHeader
        title="Credentials"
        description="With one of these the agent starts runs. Only a hash is stored: the secret is shown once."
        actions={credentials.length > 0 && issue}
      />
      {credentials.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No credentials"
          description="Without one the agent cannot start a run."
          action={issue === false ? undefined : issue}
        />
      ) : (
        <Table>
          <TableCaption>Credentials of {agent.name}</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell>Name</TableHeaderCell>
              <TableHeaderCell>Begins with</TableHeaderCell>
              <TableHeaderCell>State</TableHeaderCell>
              <TableHeaderCell>Made</TableHeaderCell>
              <TableHeaderCell>Expires</TableHeaderCell>
              <TableHeaderCell>Last use</TableHeaderCell>
              <TableHeaderCell>
                <span className="sr-only">Actions</span>
              </TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {credentials.map((credential) => (
              <TableRow key={credential.id} className={credential.state === "live" ? undefined : "text-muted"}>
                <TableCell className="font-medium">{credential.name}</TableCell>
                <TableCell className="whitespace-nowrap">
                  <Code>{`${credential.prefix}…`}</Code>
                </TableCell>
                <TableCell>
                  <Badge tone={STATES[credential.state].tone}>{STATES[credential.state].label}</Badge>
                </TableCell>
                <TableCell>
                  <Time value={credential.createdAt} /> by {credential.createdBy ?? "the operator"}
                </TableCell>
                <TableCell>
                  {credential.expiresAt === null ? (
                    <span className="text-faint">never</span>
                  ) : (
                    <Time value={credential.expiresAt} />
                  )}
                </TableCell>
                <TableCell>
                  {credential.lastUsedAt === null ? (
                    <span className="text-faint">never</span>
                  ) : (
                    <Time value={credential.lastUsedAt} />
                  )}
                </TableCell>
                <TableCell className="text-right">
                  {credential.revokedAt === null && agent.may.writeCredentials && (
                    <RevokeCredential id={credential.id} name={credential.name} />
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
