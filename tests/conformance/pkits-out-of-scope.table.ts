/** Broken on purpose, in ways that strict DER or RFC 5280 4.1.2.2 refuse at once. */
export const PKITS_MALFORMED: ReadonlySet<string> = new Set([
  'BadSignedCACert.crt', // BIT STRING with unused bits
  'InvalidDSASignatureTest6EE.crt', // the same
  'InvalidNegativeSerialNumberTest15EE.crt',
  'BadCRLSignatureCACRL.crl', // BIT STRING with unused bits
]);

/** Cases that want what later work may bring. Where nothing else is said, a valid path is refused: the safe side. */
const GROUPS: readonly { readonly why: string; readonly cases: readonly string[] }[] = [
  {
    why: 'certificate policies are not evaluated: the extensions that demand it are critical, so such a path is refused',
    cases: [
      '40806 overlapping_policies_test6',
      '40806 overlapping_policies_test6_with_testpol1',
      '40810 all_certificates_same_policies_test10',
      '40810 all_certificates_same_policies_test10_with_testpol1',
      '40810 all_certificates_same_policies_test10_with_testpol2',
      '40811 all_certificates_any_policy_test11',
      '40811 all_certificates_any_policy_test11_constrained',
      '40813 all_certificates_same_policies_test13',
      '40813 all_certificates_same_policies_test13_with_testpol1',
      '40813 all_certificates_same_policies_test13_with_testpol2',
      '40813 all_certificates_same_policies_test13_with_testpol3',
      '40813 all_certificates_same_policies_test13_with_testpol1_2',
      '40814 any_policy_test14',
      '40814 any_policy_test14_with_testpol1',
      '40814 any_policy_test14_with_testpol1_2',
      '40901 valid_require_explicit_policy_test1',
      '40902 valid_require_explicit_policy_test2',
      '40904 valid_require_explicit_policy_test4',
      '40906 valid_self_issued_require_explicit_policy_test6',
      '41001 valid_policy_mapping_test2_with_testpol1',
      '41003 valid_policy_mapping_test3_with_testpol2',
      '41005 valid_policy_mapping_test5_with_testpol1',
      '41006 valid_policy_mapping_test6_with_testpol1',
      '41009 valid_policy_mapping_test9',
      '41011 valid_policy_mapping_test11',
      '41013 valid_policy_mapping_test13',
      '41014 valid_policy_mapping_test14',
      '41102 valid_inhibit_policy_mapping_test2',
      '41104 valid_inhibit_policy_mapping_test4',
      '41107 valid_self_issued_inhibit_policy_mapping_test7',
      '41202 valid_inhibit_any_policy_test2',
      '41203 inhibit_any_policy_test3',
      '41207 valid_self_issued_inhibit_any_policy_test7',
      '41209 valid_self_issued_inhibit_any_policy_test9',
    ],
  },
  {
    why: 'no policy can be demanded of a path (initial-explicit-policy, user-initial-policy-set), so it is accepted here; what a seal may be used for is read off its own certificate',
    cases: [
      '40801 all_certs_same_policy_test1_with_constraint_mismatch',
      '40802 all_certificates_no_policies_test2_force_explicit',
      '40803 different_policies_test3_force_explicit',
      '40803 different_policies_test3_force_explicit_with_user_set',
    ],
  },
  {
    why: 'name constraints are not evaluated: the extension is critical, so such a path is refused',
    cases: [
      '41301 valid_dn_nameconstraints_test1',
      '41304 valid_dn_nameconstraints_test4',
      '41305 valid_dn_nameconstraints_test5',
      '41306 valid_dn_nameconstraints_test6',
      '41311 valid_dn_nameconstraints_test11',
      '41314 valid_dn_nameconstraints_test14',
      '41318 valid_dn_nameconstraints_test18',
      '41319 valid_self_issued_dn_nameconstraints_test19',
      '41321 valid_rfc822_nameconstraints_test21',
      '41323 valid_rfc822_nameconstraints_test23',
      '41325 valid_rfc822_nameconstraints_test25',
      '41327 valid_dn_and_rfc822_nameconstraints_test27',
      '41330 valid_dns_nameconstraints_test30',
      '41332 valid_dns_nameconstraints_test32',
      '41334 valid_uri_nameconstraints_test34',
      '41336 valid_uri_nameconstraints_test36',
    ],
  },
  {
    why: 'delta lists are not read (RFC 5280 5.2.4: optional); the complete list decides, so Test4 is accepted here and Test5 refused',
    cases: ['41504 invalid_deltacrl_test4', '41505 valid_deltacrl_test5'],
  },
  {
    why: 'DSA is not in the table of suites',
    cases: ['40104 valid_dsa_signatures_test4', '40105 valid_dsa_parameter_inheritance_test5'],
  },
  {
    why: 'lists for only some certificates or reasons are not read: their extension is critical, so revocation stays unknown',
    cases: [
      '40503 valid_basic_self_issued_new_with_old_test3',
      '40504 valid_basic_self_issued_new_with_old_test4',
      '40506 valid_basic_self_issued_crl_signing_key_test6',
      '41401 valid_distributionpoint_test1',
      '41404 valid_distributionpoint_test4',
      '41405 valid_distributionpoint_test5',
      '41407 valid_distributionpoint_test7',
      '41413 valid_onlycontainscacerts_crl_test13',
      '41418 valid_onlysomereasons_test18',
      '41419 valid_onlysomereasons_test19',
      '41422 valid_idp_with_indirectcrl_test22',
      '41428 valid_crlissuer_test28',
      '41429 valid_crlissuer_test29',
    ],
  },
  {
    why: 'lists of another issuer than the certificate’s are not used, so revocation stays unknown',
    cases: [
      '41424 valid_idp_with_indirectcrl_test24',
      '41425 valid_idp_with_indirectcrl_test25',
      '41430 valid_crlissuer_test30',
      '41433 valid_crlissuer_test33',
    ],
  },
  {
    why: 'a list counts only when signed with the key that signed the certificate, so revocation stays unknown where an authority has two',
    cases: [
      '40419 valid_separate_certificate_and_crl_keys_test19',
      '40501 valid_basic_self_issued_old_with_new_test1',
      '40615 valid_self_issued_pathlenconstraint_test15',
      '40617 valid_self_issued_pathlenconstraint_test17',
    ],
  },
];

export const PKITS_OUT_OF_SCOPE: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap(({ why, cases }) => cases.map((name): [string, string] => [name, why])),
);
