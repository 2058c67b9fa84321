// SPDX-License-Identifier: Apache-2.0
import { ready } from '../lib/amplify.mjs';
import { graphqlCases } from '../lib/graphql-cases.mjs';

graphqlCases('oidc', { token: ready.token });
