"use client";
import { CirclePause, MessageSquare, Send, Unplug } from "lucide-react";
import { TestResult } from "@/app/(console)/_components/test-result";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ChoicesView } from "@/lib/notify/views";
import { connectMyChat, disconnectMyChat, resumeMyChat, sendMyTest } from "../actions";

type Chat = ChoicesView["chats"][number];

/** The person's own chats. An address is a secret: it is stored sealed and not shown again. */
export function ChatCard({ chats }: { chats: readonly Chat[] }) {
  return (
    <div className="flex flex-col gap-4">
      {chats.map((chat) => (
        <ChatLine key={chat.id} chat={chat} />
      ))}
      <Form
        aria-label="Connect a chat"
        resetOnSuccess
        action={(fields) => connectMyChat({ url: fields.text("url") })}
        onSuccess={() => toast.success("Connected")}
      >
        <TextField
          required
          name="url"
          type="url"
          label="Incoming webhook"
          placeholder="https://hooks.slack.com/services/…"
          autoComplete="off"
          hint="Whoever knows the address can post there: it is stored sealed and never shown again."
        />
        <SubmitButton className="self-start">Connect</SubmitButton>
      </Form>
    </div>
  );
}

function ChatLine({ chat }: { chat: Chat }) {
  const disconnect = useAction(disconnectMyChat, { onSuccess: () => toast.success("Disconnected") });
  const testing = useAction(sendMyTest);
  const resume = useAction(resumeMyChat, { onSuccess: () => toast.success("Resumed") });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <MessageSquare aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate font-mono text-xs">{chat.shownUrl}</span>
        {!chat.paused && (
          <Button
            size="sm"
            pending={testing.pending}
            onClick={() => testing.run({ target: { kind: "chat", id: chat.id } })}
          >
            <Send aria-hidden />
            Send a test
          </Button>
        )}
        <Button
          variant="danger-quiet"
          size="sm"
          pending={disconnect.pending}
          onClick={() => disconnect.run({ id: chat.id })}
        >
          <Unplug aria-hidden />
          Disconnect
        </Button>
      </div>
      <TestResult test={chat.test} />
      {chat.paused && (
        <Banner
          tone="escalate"
          icon={<CirclePause aria-hidden />}
          title="Paused"
          actions={
            <Button size="sm" pending={resume.pending} onClick={() => resume.run({ id: chat.id })}>
              Resume
            </Button>
          }
        >
          {chat.pausedReason ?? "Nothing is sent until you resume it."}
        </Banner>
      )}
    </div>
  );
}
