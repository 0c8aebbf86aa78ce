/**
 * An honest, certified OpenID provider (npm oidc-provider) for the tests that sign in for real.
 *
 * Started with one JSON argument: {port, foundation, clientId, clientSecret}. Anybody may sign in
 * by name without a password: what is tested is Foundation. It prints "ready" when it listens.
 */
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

const { port, foundation, clientId, clientSecret } = JSON.parse(process.argv[2]);
const issuer = `http://localhost:${port}`;

/** The provider's own fetch refuses loopback, which is where Foundation is in a test. */
const onLoopback = (url, options) => fetch(url, { ...options, dispatcher: undefined });

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [`${foundation}/api/auth/callback`],
    post_logout_redirect_uris: [`${foundation}/login`],
    backchannel_logout_uri: `${foundation}/api/auth/backchannel-logout`,
    backchannel_logout_session_required: true,
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
  cookies: { keys: ['a key of the tests'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource },
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  fetch: onLoopback,
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `${id} of the tests`, preferred_username: id, email: `${id}@example.org`, email_verified: true }),
  }),
});

/** The question "sign out here too?", as a form whose one button answers yes. */
async function logoutSource(ctx, form) {
  ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`;
}

/** Sign in whoever is named in the query, and grant what was asked for. */
async function answer(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  const named = new URL(request.url, issuer).searchParams.get('as');
  if (prompt.name === 'login') {
    if (named === null) {
      response.end('<!doctype html><title>Who are you?</title>');
      return;
    }
    await provider.interactionFinished(request, response, { login: { accountId: named } });
    return;
  }
  const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(String(params.scope));
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

const handle = provider.callback();
const server = createServer((request, response) => {
  if (!request.url.startsWith('/interaction/')) {
    handle(request, response);
    return;
  }
  answer(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
server.listen(port, '127.0.0.1', () => console.log('ready'));
