/** A page in React: what the shell mounts is this component, with its host around it. */
import './main.css';

import { Button, PageHeader, ProblemCard, Skeleton, Time, reactPage, useData } from '@foundation/sdk/react';

type Greeting = { text: string; said_at: string };

/** Asks the plugin's own route, and shows the four states an answer can be in. */
function HelloPage() {
  const { value, error, pending, reload } = useData<Greeting>('/greeting');
  return (
    <>
      <PageHeader title="Hello React" description="A page of a plugin, loaded from its wheel." />
      {pending && <Skeleton rows={1} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && (
        <div className="hello">
          <p className="hello-text">{value.text}</p>
          <p className="f-meta">Said <Time iso={value.said_at} /></p>
          <Button icon="refresh-cw" onClick={reload}>Greet again</Button>
        </div>
      )}
    </>
  );
}

export default reactPage(HelloPage);
