#!/usr/bin/perl
# Net::SIP as a registrar and as a phone. Prints one line for each thing that happens.
#
#   net_sip.pl registrar LEG REALM NAME HASH1 [NAME HASH1 ...]
#   net_sip.pl phone LEG REALM PROXY NAME PASSWORD [NUMBER]
#
# LEG and PROXY are SIP URIs of an address, such as sip:127.0.0.1:5060;transport=udp. A phone with a
# NUMBER calls it and hangs up.
use strict;
use warnings;
use Net::SIP;

$| = 1;
my ($role, $leg, $realm, @more) = @ARGV;

if ($role eq 'registrar') {
    my $agent = Net::SIP::Simple->new(legs => [$leg]) or die 'no leg';
    $agent->create_registrar(
        min_expires => 10,
        max_expires => 3600,
        auth_realm => $realm,
        auth_user2a1 => {@more},
    );
    print "ready\n";
    $agent->loop;
    exit;
}

my ($proxy, $name, $password, $number) = @more;
my ($user) = split /\@/, $name;
my $agent = Net::SIP::Simple->new(
    legs => [$leg],
    domain => $realm,
    from => "<sip:$user\@$realm>",
    auth => [$name, $password],
    outgoing_proxy => $proxy,
) or die 'no leg';
my $registered = $agent->register(registrar => "sip:$realm", expires => 60);
print $registered ? "registered\n" : 'refused ' . $agent->error . "\n";
exit if !$registered || !$number;

my $ended = 0;
my $call = $agent->invite("<sip:$number\@$realm>", recv_bye => \$ended) or die $agent->error;
if ($call->error) {
    print 'call refused ' . $call->error . "\n";
    exit;
}
print "call answered\n";
my $over = 0;
$call->bye(cb_final => \$over);
$agent->loop(5, \$over);
print $over ? "call ended\n" : "call still open\n";
