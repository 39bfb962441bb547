/** Small documents to the published schemas, for tests to read and to break. */

export const trivySample = {
  SchemaVersion: 2,
  Trivy: { Version: '0.58.1' },
  CreatedAt: '2031-03-04T10:00:00.5+08:00',
  ArtifactName: 'registry.hexi.example/portal:7',
  ArtifactType: 'container_image',
  Results: [
    {
      Target: 'portal (debian 12.5)',
      Class: 'os-pkgs',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2031-1001',
          PkgName: 'libtide',
          InstalledVersion: '2.4-1',
          Status: 'affected',
          SeveritySource: 'debian',
          PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2031-1001',
          Title: 'libtide: reads beyond its buffer',
          Severity: 'HIGH',
          CVSS: {
            ghsa: { V3Score: 6.1 },
            nvd: { V2Score: 9.3, V3Score: 7.8 },
          },
        },
        { VulnerabilityID: 'CVE-2031-1002', PkgName: 'libtide', Severity: 'UNKNOWN' },
        { VulnerabilityID: 'CVE-2031-1003', PkgName: 'libtide', Severity: 'LOW', Status: 'not_affected' },
      ],
    },
    {
      Target: 'deploy/Dockerfile',
      Class: 'config',
      Misconfigurations: [
        {
          Type: 'dockerfile',
          ID: 'DS002',
          Title: 'The image runs as root',
          Severity: 'HIGH',
          Status: 'FAIL',
          CauseMetadata: { StartLine: 11 },
        },
        { ID: 'DS026', Title: 'There is a health check', Severity: 'LOW', Status: 'PASS' },
      ],
    },
    {
      Target: 'config/app.env',
      Class: 'secret',
      Secrets: [
        {
          RuleID: 'private-key',
          Category: 'AsymmetricPrivateKey',
          Severity: 'CRITICAL',
          Title: 'Private key',
          StartLine: 4,
          Match: 'KEY=tide-s3cret-value',
          Code: { Lines: [{ Content: 'KEY=tide-s3cret-value' }] },
        },
      ],
    },
  ],
};

export const cyclonedxSample = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: {
    timestamp: '2031-03-04T02:00:00Z',
    tools: { components: [{ type: 'application', name: 'Harbour Scan', version: '3.2' }] },
    component: { type: 'application', 'bom-ref': 'own', group: 'hexi', name: 'portal', version: '7.0' },
  },
  components: [
    {
      type: 'library',
      'bom-ref': 'pkg:npm/quay@4',
      name: 'quay',
      version: '4',
      components: [{ type: 'library', 'bom-ref': 'inner', name: 'mooring', version: '1.1' }],
    },
  ],
  vulnerabilities: [
    {
      id: 'CVE-2031-2001',
      source: { name: 'NVD', url: 'https://nvd.nist.gov/vuln/detail/CVE-2031-2001' },
      ratings: [
        { method: 'CVSSv2', score: 10, severity: 'high' },
        { method: 'CVSSv31', score: 5.4, severity: 'medium' },
      ],
      description: 'A long name\nmakes quay wait for ever.',
      affects: [{ ref: 'pkg:npm/quay@4' }, { ref: 'urn:cdx:3e67/1#inner' }],
    },
    {
      id: 'CVE-2031-2002',
      ratings: [{ method: 'OWASP', score: 7.5, severity: 'critical' }],
      analysis: { state: 'in_triage' },
      affects: [{ ref: 'inner', versions: [{ version: '1.1', status: 'affected' }] }],
    },
    { id: 'CVE-2031-2003', analysis: { state: 'not_affected' }, affects: [{ ref: 'inner' }] },
    { id: 'CVE-2031-2004', affects: [{ ref: 'inner', versions: [{ status: 'unaffected' }] }] },
  ],
};

export const sarifSample = {
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'TideLint',
          semanticVersion: '5.1.0',
          rules: [
            {
              id: 'T100',
              shortDescription: { text: 'A query is put together from what was typed' },
              helpUri: 'https://tidelint.example/T100',
              defaultConfiguration: { level: 'error' },
              properties: { 'security-severity': '8.8' },
            },
            { id: 'T200', name: 'UnusedGate', defaultConfiguration: { level: 'note' } },
          ],
        },
        extensions: [{ name: 'more', rules: [{ id: 'X1', shortDescription: { text: 'Old cipher' } }] }],
      },
      invocations: [{ executionSuccessful: true, endTimeUtc: '2031-03-04T03:00:00Z' }],
      versionControlProvenance: [{ repositoryUri: 'https://reader:pw@git.hexi.example/city/portal.git' }],
      artifacts: [{ location: { uri: 'src/gate.ts' } }],
      results: [
        {
          ruleIndex: 0,
          message: { text: 'here' },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: 'src/query.ts' }, region: { startLine: 12 } },
            },
          ],
        },
        {
          ruleId: 'T100',
          message: { text: 'there' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/query.ts' } } }],
        },
        {
          ruleId: 'T200/inner',
          message: { text: 'gate' },
          locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 3 } } }],
        },
        { rule: { index: 0, toolComponent: { index: 0 } }, message: { text: 'cipher' } },
        { ruleId: 'T200', kind: 'pass', message: { text: 'fine' } },
        { ruleId: 'T300', suppressions: [{ kind: 'inSource' }], message: { text: 'known' } },
        { ruleId: 'T400', baselineState: 'absent', message: { text: 'gone' } },
      ],
    },
  ],
};

export const xccdfSample = `<?xml version="1.0" encoding="UTF-8"?>
<x:Benchmark xmlns:x="http://checklists.nist.gov/xccdf/1.2" id="xccdf_hexi_benchmark_quay">
  <x:Group id="xccdf_hexi_group_a"><x:title>Group</x:title>
    <x:Rule id="xccdf_hexi_rule_one" severity="high"><x:title>Lock the gate &amp; <i xmlns="">check</i> it</x:title></x:Rule>
    <x:Rule id="xccdf_hexi_rule_two" severity="unknown"><x:title>Name the owner</x:title></x:Rule>
  </x:Group>
  <x:TestResult id="xccdf_hexi_testresult_1" end-time="2031-03-03T10:00:00" test-system="cpe:/a:redhat:openscap:1.3.7">
    <x:target>quay-1</x:target>
    <x:rule-result idref="xccdf_hexi_rule_two"><x:result>fail</x:result></x:rule-result>
  </x:TestResult>
  <x:TestResult id="xccdf_hexi_testresult_2" end-time="2031-03-04T10:00:00+08:00" test-system="cpe:/a:redhat:openscap:1.3.7">
    <x:profile idref="xccdf_hexi_profile_city"/>
    <x:target>quay-1</x:target>
    <x:target-address>127.0.0.1</x:target-address>
    <x:target-address>192.0.2.7</x:target-address>
    <x:target-address>fd00:0:0:0:0:0:0:7</x:target-address>
    <x:target-facts><x:fact name="urn:xccdf:fact:asset:identifier:fqdn" type="string">quay-1.hexi.example</x:fact>
      <x:fact name="urn:xccdf:fact:ethernet:MAC" type="string">02:00:00:00:00:07</x:fact></x:target-facts>
    <x:rule-result idref="xccdf_hexi_rule_one" severity="high"><x:result>fail</x:result><x:instance>/gate</x:instance></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_two"><x:result>fail</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_three"><x:result>pass</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_four"><x:result>fixed</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_five"><x:result>notapplicable</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_six"><x:result>notchecked</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_seven"><x:result>notselected</x:result></x:rule-result>
    <x:rule-result idref="xccdf_hexi_rule_eight"><x:result>perhaps</x:result></x:rule-result>
  </x:TestResult>
</x:Benchmark>
`;

export const nmapSample = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>
<nmaprun scanner="nmap" args="nmap -oX - -sV quay.hexi.example" start="1930355400" version="7.93" xmloutputversion="1.05">
<scaninfo type="connect" protocol="tcp" numservices="3" services="22-23,443"/>
<host starttime="1930355400" endtime="1930356000"><status state="up" reason="syn-ack"/>
<address addr="192.0.2.7" addrtype="ipv4"/>
<hostnames><hostname name="quay.hexi.example" type="user"/><hostname name="q7.hexi.example" type="PTR"/></hostnames>
<ports><extraports state="closed" count="1"/>
<port protocol="tcp" portid="22"><state state="open"/><service name="ssh" product="OpenSSH" version="9.2p1" method="probed"/>
<script id="vulners" output="cpe"><table key="cpe:/a:openbsd:openssh:9.2p1"><table>
<elem key="id">CVE-2031-3001</elem><elem key="type">cve</elem><elem key="cvss">9.8</elem></table><table>
<elem key="id">EDB-7</elem><elem key="type">exploitdb</elem><elem key="cvss">9.9</elem></table></table></script></port>
<port protocol="tcp" portid="23"><state state="open"/><service name="telnet" method="table"/></port>
<port protocol="tcp" portid="443"><state state="open"/><service name="ftp" tunnel="ssl" method="probed"/>
<script id="ssl-heartbleed" output="&#xa;  VULNERABLE:&#xa;  Heartbleed&#xa;    Risk factor: High&#xa;"><table key="NMAP-1">
<elem key="title">Heartbleed</elem><elem key="state">VULNERABLE</elem>
<table key="ids"><elem>CVE:CVE-2014-0160</elem></table><table key="refs"><elem>http://cvedetails.com/cve/2014-0160/</elem></table></table></script></port>
<port protocol="tcp" portid="6379"><state state="filtered"/><service name="redis" method="table"/></port>
</ports><hostscript><script id="smb-vuln-ms10-061" output="false"><table key="CVE-2010-2729">
<elem key="title">Spooler</elem><elem key="state">NOT VULNERABLE</elem></table></script></hostscript></host>
<host><status state="down" reason="no-response"/><address addr="192.0.2.8" addrtype="ipv4"/></host>
<host timedout="true"><status state="up"/><address addr="192.0.2.9" addrtype="ipv4"/></host>
<runstats><finished time="1930356000" exit="success"/><hosts up="2" down="1" total="3"/></runstats>
</nmaprun>
`;
