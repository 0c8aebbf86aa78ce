/** The API tokens of the person who is signed in. */
import { t } from '@/i18n/t';
import { MyNotices } from './my-notices';
import { TokenList } from './token-list';

export function MyTokens() {
  return (
    <section className="f-section" aria-labelledby="tokens">
      <TokenList
        path="/me/tokens"
        canCreate
        canRevoke
        heading={(actions) => (
          <>
            <header><h2 id="tokens">{t('tokens.title')}</h2>{actions}</header>
            <p className="f-meta">{t('tokens.about')}</p>
            <MyNotices kind="token_ends" />
          </>
        )}
      />
    </section>
  );
}
